import { pushFiles } from '../app/git/push-files.ts';
import type { Hub } from '../app/hub.ts';
import { idSource } from '../app/new-id.ts';
import { changePolicy } from '../app/policies/change-policy.ts';
import { noteRequest } from '../app/requests/note-request.ts';
import { reviewRequest } from '../app/requests/review-request.ts';
import { submitRollback } from '../app/requests/submit-request.ts';
import { defaultPolicy } from '../domain/policy/policy.ts';
import type { Oid } from '../tree/object.ts';
import { assertNever, invariant } from '../std/invariant.ts';
import {
  type Chapter,
  type PolicyChapter,
  type PushChapter,
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

/** What the rest of the story refers to: deployments by the first line of their message. */
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

async function playRollback({ hub, slug, actAs, revisions }: Told, chapter: RollbackChapter): Promise<void> {
  const { by, scope, backTo, justification, approval, notes = [] } = chapter;
  const targetSha = revisions.get(backTo);
  invariant(targetSha, `the story knows ${backTo}`);
  const { id, digest } = await actAs(by, (actor) =>
    submitRollback(hub, actor, { slug, ...scope, targetSha, justification }),
  );
  if (approval) {
    const vote = { id, decision: 'approve', digest, comment: approval.comment } as const;
    await actAs(approval.by, (actor) => reviewRequest(hub, actor, vote));
  }
  for (const { by: writer, text } of notes)
    await actAs(writer, (actor) => noteRequest(hub, actor, { id, text }));
}

async function playPolicy({ hub, slug, actAs }: Told, chapter: PolicyChapter): Promise<void> {
  const { by, environment, approvals } = chapter;
  const policy = { ...defaultPolicy, approvals };
  await actAs(by, (actor) => changePolicy(hub, actor, { slug, environment, policy, version: undefined }));
}
