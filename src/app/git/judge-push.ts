import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { openObjectReader } from '../../git/object-reader.ts';
import { quarantined } from '../../git/quarantine.ts';
import type { PushAnswer, PushQuestion, RefUpdate } from '../../git/receive-hook.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { refusalOf } from '../refuse-git.ts';
import { checkPush } from './push-checks.ts';

/** Who pushes to which repository. */
export interface Pusher {
  readonly hub: Hub;
  readonly at: ProjectRepository;
  readonly actor: Actor;
}

/** What was let in: only git knows whether it then became true. */
export interface AcceptedPush {
  readonly updates: readonly RefUpdate[];
  /** A grant was needed to pass the protection of an environment. */
  readonly passedProtection: boolean;
}

/**
 * Answers the pre-receive hook; what is let in is added to `accepted`. Throws what kept it from judging. Never under the writer lock: a push that is
 * being looked at holds nobody up.
 */
export async function judgePush(
  pusher: Pusher,
  { updates, quarantine }: PushQuestion,
  accepted: AcceptedPush[],
): Promise<PushAnswer> {
  const { hub, at, actor } = pusher;
  const repository = quarantined(at.repository, quarantine);
  const reader = openObjectReader(repository, { cacheBytes: 8 * 1024 * 1024 });
  try {
    const { project, branchRef } = at;
    const push = { hub, actor, project, branchRef, repository, reader };
    accepted.push({ updates, ...(await checkPush(push, updates)) });
    return { accept: true, say: [] };
  } catch (thrown) {
    const error = refusalOf(thrown);
    const refusal = error instanceof Refusal ? error : new Refusal('push_unchecked');
    await recordRefusal(pusher, updates, refusal);
    if (refusal !== error) throw error;
    return { accept: false, say: [refusal.message] };
  } finally {
    await reader.close();
  }
}

async function recordRefusal(
  { hub, at, actor }: Pusher,
  updates: readonly RefUpdate[],
  { code, message }: Refusal,
): Promise<void> {
  const projectId = at.project.id;
  const refs = updates.slice(0, 20).map(({ ref }) => ref.slice(0, 200).toWellFormed());
  await hub.store.tx((tx) =>
    recordChange(tx, actor, {
      at: hub.clock(),
      action: 'push.refused',
      object: { type: 'project', id: projectId },
      projectId,
      details: { refs, code, reason: message },
    }),
  );
}
