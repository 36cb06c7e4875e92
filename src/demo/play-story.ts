import { pushFiles } from '../app/git/push-files.ts';
import type { Hub } from '../app/hub.ts';
import { idSource } from '../app/new-id.ts';
import { changePolicy } from '../app/policies/change-policy.ts';
import { noteRequest } from '../app/requests/note-request.ts';
import { reviewRequest } from '../app/requests/review-request.ts';
import { submitPromotion, submitRelease, submitRollback } from '../app/requests/submit-request.ts';
import type { Actor } from '../domain/people/actor.ts';
import { defaultPolicy } from '../domain/policy/policy.ts';
import type { Request } from '../domain/request/request.ts';
import type { Oid } from '../tree/object.ts';
import { assertNever, invariant } from '../std/invariant.ts';
import {
  type Chapter,
  type PolicyChapter,
  type PromotionChapter,
  type PushChapter,
  type ReleaseChapter,
  type RollbackChapter,
  shopServices,
} from './shop-story.ts';
import type { ActAs } from './story-cast.ts';
import { storyFiles } from './story-files.ts';

/** The hub, with a clock that can be set: what happened two weeks ago in a story is then dated so everywhere. */
export interface StoryHub {
  readonly hub: Hub;
  readonly setClock: (at: number) => void;
}

export function storyHub(hub: Hub, begins: number): StoryHub {
  let now = begins;
  const clock = (): number => now;
  return {
    hub: { ...hub, clock, newId: idSource(clock) },
    setClock: (at) => {
      now = at;
    },
  };
}

/** What the rest of the story refers to: deployments by the first line of their message, or by their name. */
interface Told {
  readonly hub: Hub;
  readonly slug: string;
  readonly actAs: ActAs;
  readonly filesOf: ReturnType<typeof storyFiles>;
  readonly revisions: Map<string, Oid>;
}

const HOUR = 3_600_000;

/** Plays a story in an empty project, chapter after chapter, through the use cases that people go through. */
export async function playStory(
  { hub, setClock }: StoryHub,
  story: readonly Chapter[],
  { slug, actAs, ends }: { readonly slug: string; readonly actAs: ActAs; readonly ends: number },
): Promise<void> {
  const told: Told = { hub, slug, actAs, filesOf: storyFiles(shopServices), revisions: new Map() };
  for (const chapter of story) {
    setClock(ends - chapter.hoursAgo * HOUR);
    await play(told, chapter);
  }
}

function play(told: Told, chapter: Chapter): Promise<void> {
  switch (chapter.kind) {
    case 'push':
      return playPush(told, chapter);
    case 'release':
      return playRelease(told, chapter);
    case 'promotion':
      return playPromotion(told, chapter);
    case 'rollback':
      return playRollback(told, chapter);
    case 'policy':
      return playPolicy(told, chapter);
    default:
      return assertNever(chapter);
  }
}

async function playPush({ hub, slug, actAs, filesOf, revisions }: Told, chapter: PushChapter): Promise<void> {
  const { by, message } = chapter;
  const author = { name: by, email: `${by}@example.com` };
  const push = { slug, files: filesOf(chapter), message, author };
  const revision = await actAs(by, (actor) => pushFiles(hub, actor, push));
  revisions.set(message.split('\n', 1)[0] ?? '', revision);
}

type Asked = Pick<ReleaseChapter, 'by' | 'approval'>;

/** Submits a request and, where somebody approves it in the story, lets them. */
async function playRequest(
  { hub, actAs }: Told,
  { by, approval }: Asked,
  submit: (actor: Actor) => Promise<Request>,
): Promise<Request> {
  const submitted = await actAs(by, submit);
  if (!approval) return submitted;
  const { id, digest } = submitted;
  const vote = { id, decision: 'approve', digest, comment: approval.comment } as const;
  return actAs(approval.by, (actor) => reviewRequest(hub, actor, vote));
}

async function playRelease(told: Told, chapter: ReleaseChapter): Promise<void> {
  const { hub, slug, revisions } = told;
  const { name, where, set, justification } = chapter;
  const fields = Object.entries(set).flatMap(([service, values]) =>
    Object.entries(values).map(([field, value]) => ({ service, field, value })),
  );
  for (const place of where) {
    const [tenant = '', environment = ''] = place.split('/');
    const wish = { slug, tenant, environment, fields, justification };
    const { commit } = await playRequest(told, chapter, (actor) => submitRelease(hub, actor, wish));
    if (commit !== undefined) revisions.set(name, commit);
  }
}

async function playPromotion(told: Told, chapter: PromotionChapter): Promise<void> {
  const { hub, slug, revisions } = told;
  const { name, tenants, from, to, services, justification } = chapter;
  for (const tenant of tenants) {
    const wish = { slug, tenant, from, to, services, justification };
    const { commit } = await playRequest(told, chapter, (actor) => submitPromotion(hub, actor, wish));
    if (commit !== undefined) revisions.set(name, commit);
  }
}

async function playRollback(told: Told, chapter: RollbackChapter): Promise<void> {
  const { hub, slug, actAs, revisions } = told;
  const { scope, backTo, justification, notes = [] } = chapter;
  const targetSha = revisions.get(backTo);
  invariant(targetSha, `the story knows ${backTo}`);
  const wish = { slug, ...scope, targetSha, justification };
  const { id } = await playRequest(told, chapter, (actor) => submitRollback(hub, actor, wish));
  for (const { by: writer, text } of notes)
    await actAs(writer, (actor) => noteRequest(hub, actor, { id, text }));
}

async function playPolicy({ hub, slug, actAs }: Told, chapter: PolicyChapter): Promise<void> {
  const { by, environment, approvals } = chapter;
  const policy = { ...defaultPolicy, approvals };
  await actAs(by, (actor) => changePolicy(hub, actor, { slug, environment, policy, version: undefined }));
}
