import type { AuditFlag } from '../../domain/audit/audit-entry.ts';
import { tipOf } from '../../git/branch.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import type { RefUpdate } from '../../git/receive-hook.ts';
import { recordChange } from '../audit/record-change.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import type { AcceptedPush, Pusher } from './judge-push.ts';

/** Writes down which of the updates that were let in git has made true, and has them indexed. */
export async function recordPush(
  { hub, at, actor }: Pusher,
  accepted: readonly AcceptedPush[],
): Promise<void> {
  for (const { updates, passedProtection } of accepted) {
    const made: RefUpdate[] = [];
    for (const update of updates) if (await hasHappened(at, update)) made.push(update);
    if (made.length === 0) continue;
    const flags: AuditFlag[] = passedProtection ? ['push_protected'] : [];
    await hub.store.tx((tx) =>
      recordChange(tx, actor, {
        at: hub.clock(),
        action: 'push.accepted',
        object: { type: 'project', id: at.project.id },
        projectId: at.project.id,
        flags,
        details: {
          refs: made.map(({ ref, before, after }) => ({
            ref: ref.toWellFormed(),
            before: before ?? null,
            after: after ?? null,
          })),
        },
      }),
    );
    if (made.some(({ ref }) => ref === at.branchRef)) hub.wake('index');
  }
}

/** The ref is there, or somebody went on from there already. */
async function hasHappened({ repository }: ProjectRepository, { ref, after }: RefUpdate): Promise<boolean> {
  const tip = await tipOf(repository, ref);
  if (tip === undefined || after === undefined) return tip === after;
  return tip === after || (ref.startsWith('refs/heads/') && (await isAncestor(repository, after, tip)));
}
