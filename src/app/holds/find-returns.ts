import { deploymentAuthor } from '../../domain/deployment/deployment-author.ts';
import type { Hold, HoldReturn } from '../../domain/hold/hold.ts';
import { holdsBroughtBack } from '../../domain/hold/decide-holds.ts';
import { readPlannedFields } from '../../domain/plan/field-file.ts';
import { drive } from '../../git/drive.ts';
import { type LoggedCommit, literalPath, logHistory } from '../../git/log-history.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import type { Oid } from '../../tree/object.ts';
import { selectPaths } from '../../tree/select.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { claimedRequest, isCommitOf } from '../projects/index-rows.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { systemActor } from '../system-actor.ts';

/** A move of the branch that the cluster reads, by somebody else. */
export interface UpstreamMove {
  readonly before: Oid;
  readonly after: Oid;
  /** When `before` was the branch, in epoch milliseconds; undefined when nobody knows. */
  readonly since: number | undefined;
}

/** A hold whose value came back past the hub or, without `returned`, is gone again. */
export interface FoundReturn {
  readonly hold: Hold;
  readonly returned: HoldReturn | undefined;
}

/** Commits of one file that are looked at for the one that brought a value back, newest first. */
const mostCommits = 100;

/** What a move did to the holds in force. Only files with a hold are read. */
export async function findReturns(
  hub: Hub,
  at: ProjectRepository,
  move: UpstreamMove,
): Promise<readonly FoundReturn[]> {
  const holds = await hub.store.holds.inForce(at.project.id, hub.clock());
  const found = [...(await returnsAmong(hub, at, { holds, ...move }))];
  // Since a rollback the branch was not looked at: before it and after the push, the value is the same.
  const known = new Set(found.map(({ hold }) => hold));
  const fresh = holds.filter((hold) => isFresh(hold, move) && !known.has(hold));
  for (const [before, held] of Map.groupBy(fresh, ({ commit }) => commit))
    if ((await at.reader.describe(before)) !== undefined)
      found.push(...(await returnsAmong(hub, at, { holds: held, before, after: move.after })));
  return found;
}

/** Clocks of servers and Git differ a little, and a fetch takes its time. */
const slack = 10 * 60 * 1000;

const isFresh = ({ setAt, returned }: Hold, { since }: UpstreamMove): boolean =>
  returned === undefined && (since === undefined || setAt >= since - slack);

interface Range {
  readonly holds: readonly Hold[];
  readonly before: Oid;
  readonly after: Oid;
}

async function returnsAmong(
  hub: Hub,
  at: ProjectRepository,
  { holds, before, after }: Range,
): Promise<readonly FoundReturn[]> {
  const files = new Set(holds.map(({ file }) => file));
  if (files.size === 0) return [];
  // Through the reader, which runs anyway: a git for each of many rollbacks would keep a fetch waiting.
  const [was, is] = [await readCommit(at.reader, before), await readCommit(at.reader, after)];
  const touched = await drive(at.reader, diffTrees(was.tree, is.tree, selectPaths(files)));
  const fields = await drive(at.reader, readPlannedFields(touched));
  const changed = new Set(fields.map(({ address }) => address));
  const back = new Set(holdsBroughtBack(holds, fields));
  const found: FoundReturn[] = [];
  for (const hold of holds) {
    const returned = back.has(hold) ? await whoReturned(hub, at, { hold, before, after }) : undefined;
    if (returned || (hold.returned && changed.has(hold.address))) found.push({ hold, returned });
  }
  return found;
}

/** The newest commit that gave the field its held value, unless the hub made it. */
async function whoReturned(
  hub: Hub,
  { repository, reader, project }: ProjectRepository,
  { hold, before, after }: Omit<Range, 'holds'> & { readonly hold: Hold },
): Promise<HoldReturn | undefined> {
  const options = { after: before, pathspecs: [literalPath(hold.file)], limit: mostCommits };
  for await (const commit of logHistory(repository, after, options)) {
    const fields = await drive(reader, readPlannedFields(commit.changes));
    if (holdsBroughtBack([hold], fields).length === 0) continue;
    const claimed = claimedRequest(commit);
    const request = claimed === undefined ? undefined : await hub.store.requests.get(claimed);
    return isCommitOf(request, project.id, commit.oid) ? undefined : returnOf(commit, hub.clock());
  }
  return undefined;
}

function returnOf({ oid, author, subject, body }: LoggedCommit, at: number): HoldReturn {
  const { name, bot } = deploymentAuthor({ ...author, subject, body });
  return { at, commit: oid, author: name, bot };
}

/** Writes down what was found, for people and as events. Part of the change that says what was fetched. */
export async function saveReturns(
  tx: TransactionTables,
  found: readonly FoundReturn[],
  now: number,
): Promise<void> {
  for (const { hold, returned } of found) {
    await tx.holds.setReturned(hold.id, returned);
    if (!returned) continue;
    const { id, projectId, requestId, address, field, value } = hold;
    const { commit, author, bot } = returned;
    await recordChange(tx, systemActor, {
      at: now,
      action: 'hold.returned',
      object: { type: 'hold', id },
      projectId,
      requestId,
      details: { holds: [id], address, field, value, commit, author, bot: bot ?? null },
    });
  }
}
