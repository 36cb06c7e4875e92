import { Readable } from 'node:stream';
import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { type ReceiveHook, openReceiveHook } from '../../git/receive-hook.ts';
import { type PackExchange, servePack } from '../../git/serve-pack.ts';
import type { Hub } from '../hub.ts';
import type { HubProject, ProjectSettings } from '../projects/hub-project.ts';
import { refusalOf } from '../refuse-git.ts';
import { followPush } from './follow-push.ts';
import { type AcceptedPush, type Pusher, judgePush } from './judge-push.ts';
import { recordPush } from './record-push.ts';

/** One exchange of Git's smart HTTP protocol, as the HTTP side hands it over. */
export interface GitExchange {
  readonly slug: string;
  readonly service: 'git-upload-pack' | 'git-receive-pack';
  readonly advertise: boolean;
  readonly actor: Actor;
  readonly protocol: string | undefined;
  readonly stdin: Readable;
  readonly signal: AbortSignal;
}

/** Clones, fetches and pushes of all projects, by stock git. */
export interface GitServer {
  /** What git answers; rejects with a refusal before the first byte when it may not. */
  readonly serve: (exchange: GitExchange) => Promise<Readable>;
  /** Waits until the pushes that are under way are written down. */
  readonly close: () => Promise<void>;
}

/** Programs of git for clients at once; who comes then is asked to come again. */
const mostAtOnce = 64;

/** `onError` is told what kept a push from being checked or written down. */
export async function openGitServer(hub: Hub, onError: (error: unknown) => void): Promise<GitServer> {
  const hook = await openReceiveHook(onError);
  const running = new Set<Promise<unknown>>();
  return {
    serve: async (exchange) => {
      const project = await hub.store.projects.bySlug<ProjectSettings>(exchange.slug);
      if (!project) throw new Refusal('not_visible', { what: 'this project' });
      demandDoor(exchange, project);
      if (running.size >= mostAtOnce) throw new Refusal('busy', { what: 'git', seconds: 5 });
      return startExchange({ hub, hook, project, exchange, running, onError });
    },
    close: async () => {
      await Promise.all(running);
      await hook.close();
    },
  };
}

/** Throws where there is no right to come in; a push is looked at path by path when it is here. */
export function demandDoor(
  { service, actor }: Pick<GitExchange, 'service' | 'actor'>,
  project: HubProject,
): void {
  const here = { projectId: project.id };
  demand(decide(actor, 'read', here));
  if (service === 'git-upload-pack') return;
  if (project.kind === 'connected') {
    const upstream = project.settings.upstream?.url ?? 'another Git host';
    throw new Refusal('push_connected', { project: project.slug, upstream });
  }
  demand(decideSomewhere(actor, 'push', project.id));
}

interface Starting {
  readonly hub: Hub;
  readonly hook: ReceiveHook;
  readonly project: HubProject;
  readonly exchange: GitExchange;
  readonly running: Set<Promise<unknown>>;
  readonly onError: (error: unknown) => void;
}

/** Resolves with git's answer at its first byte; the repository stays in use until git has ended. */
function startExchange({ hub, hook, project, exchange, running, onError }: Starting): Promise<Readable> {
  const { promise, resolve, reject } = Promise.withResolvers<Readable>();
  const service = exchange.service === 'git-upload-pack' ? 'upload-pack' : 'receive-pack';
  const pack: PackExchange = { ...exchange, service };
  const work = hub.repositories
    .use(project, async (at) => {
      if (service === 'receive-pack')
        return receive({ hub, at, actor: exchange.actor }, { hook, pack, resolve, onError });
      const reply = await servePack(at.repository, pack);
      resolve(reply.stdout);
      return reply.ended;
    })
    .catch((error: unknown) => reject(refusalOf(error)))
    .finally(() => running.delete(work));
  running.add(work);
  return promise;
}

interface Receiving {
  readonly hook: ReceiveHook;
  readonly pack: PackExchange;
  readonly resolve: (stdout: Readable) => void;
  readonly onError: (error: unknown) => void;
}

async function receive(pusher: Pusher, { hook, pack, resolve, onError }: Receiving): Promise<void> {
  const accepted: AcceptedPush[] = [];
  const ticket = hook.expect((question) => judgePush(pusher, question, accepted));
  try {
    const maxBytes = pusher.hub.settings.limits.pushBytes;
    const reply = await servePack(pusher.at.repository, pack, { ticket, maxBytes });
    const recorded = reply.ended
      .then(() => recordPush(pusher, accepted))
      .then(() => followAccepted(pusher, accepted))
      .catch(onError);
    // Who pushed hears of the end when it is written down.
    resolve(Readable.from(endingAfter(reply.stdout, recorded), { objectMode: false }));
    await recorded;
  } finally {
    ticket.revoke();
  }
}

async function followAccepted({ hub, at }: Pusher, accepted: readonly AcceptedPush[]): Promise<void> {
  const own = accepted.flatMap(({ updates }) => updates).find(({ ref }) => ref === at.branchRef);
  if (own && (await at.tip()) !== own.before) await followPush({ hub, at }, own.before);
}

async function* endingAfter(stdout: Readable, last: Promise<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of stdout) yield chunk as Buffer;
  await last;
}
