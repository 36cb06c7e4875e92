import { type IrreversibleCommit, irreversibleReason } from '../domain/plan/irreversible.ts';
import { findMessages } from '../git/find-messages.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import type { Repository } from '../git/repository.ts';
import type { Oid } from '../tree/object.ts';

/** Commits that one question looks at, one by one; where that is not enough git searches. */
const mostWalked = 200;
/** Commits that are remembered of one repository, about 2 MB. */
const mostKept = 20_000;
/** Commits of a search that are told at most. */
export const mostFound = 50;
const LINE = 'Irreversible:';

/** A commit, and what it says; of a merge, what it brought. */
interface Step {
  readonly oid: Oid;
  readonly told: readonly IrreversibleCommit[];
}

/** Commits from first parent to first parent, newest first, and the one before them. */
interface Walked {
  readonly steps: readonly Step[];
  readonly foot: Oid | undefined;
}

/** A part of the line of first parents that was walked already. History never changes, so it stays true. */
interface Line {
  /** Grows from commit to commit. */
  readonly positions: Map<Oid, number>;
  readonly told: { readonly position: number; readonly commit: IrreversibleCommit }[];
  head: Oid;
  foot: Oid | undefined;
}

const lines = new WeakMap<Repository, Line>();

/**
 * The commits that `base` has and `target` has not and that say they are irreversible. Each commit of the line between
 * is looked at once, however often is asked: who goes back again and again would read the same messages every time.
 */
export async function irreversibleBetween(
  reader: ObjectReader,
  base: Oid,
  target: Oid,
): Promise<readonly IrreversibleCommit[]> {
  if (base === target) return [];
  const { repository } = reader;
  const isKnown = (oid: Oid): boolean => lines.get(repository)?.positions.has(oid) === true;
  if (!isKnown(base)) put(repository, await walk(reader, base, (oid) => oid === target || isKnown(oid)));
  const line = lines.get(repository);
  const room = line !== undefined && line.positions.size < mostKept;
  if (room && line.foot !== undefined && isKnown(base) && !reaches(line, target)) {
    const from = line.foot;
    const older = await walk(reader, from, (oid) => oid === target);
    // Somebody else may have walked there meanwhile.
    if (line.foot === from) putBelow(line, older);
  }
  return (
    between(lines.get(repository), base, target) ??
    (await searchIrreversible(reader, { base, before: target }))
  );
}

/** What the message of one commit says. */
export const toldBy = (revision: Oid, message: string): readonly IrreversibleCommit[] => {
  const reason = irreversibleReason(message);
  return reason === undefined ? [] : [{ revision, reason }];
};

const reaches = ({ positions, foot }: Line, target: Oid): boolean => positions.has(target) || foot === target;

function between(line: Line | undefined, base: Oid, target: Oid): readonly IrreversibleCommit[] | undefined {
  const last = line?.positions.get(base);
  if (line === undefined || last === undefined || !reaches(line, target)) return undefined;
  const first = line.positions.get(target) ?? Number.NEGATIVE_INFINITY;
  return line.told
    .filter(({ position }) => first < position && position <= last)
    .toSorted((a, b) => b.position - a.position)
    .map(({ commit }) => commit);
}

async function walk(reader: ObjectReader, from: Oid, ends: (oid: Oid) => boolean): Promise<Walked> {
  const steps: Step[] = [];
  let at: Oid | undefined = from;
  while (at !== undefined && steps.length < mostWalked && !ends(at)) {
    const { message, parents }: Awaited<ReturnType<typeof readCommit>> = await readCommit(reader, at);
    const [parent, ...merged] = parents;
    const told =
      parent !== undefined && merged.length > 0
        ? await searchIrreversible(reader, { base: at, before: parent })
        : toldBy(at, message);
    steps.push({ oid: at, told });
    at = parent;
  }
  return { steps, foot: at };
}

/** Joins what was walked to the line when it ends at its head; else that is the line from now on. */
function put(repository: Repository, { steps, foot }: Walked): void {
  const line = lines.get(repository);
  const met = steps.findIndex(({ oid }) => line?.positions.has(oid));
  const fresh = met === -1 ? steps : steps.slice(0, met);
  const joint = met === -1 ? foot : steps[met]?.oid;
  const [newest] = steps;
  if (newest === undefined || fresh.length === 0) return;
  if (line === undefined || line.head !== joint || line.positions.size > mostKept) {
    const begun: Line = { positions: new Map(), told: [], head: newest.oid, foot: newest.oid };
    lines.set(repository, begun);
    return putBelow(begun, { steps, foot });
  }
  let position = line.positions.get(line.head) ?? 0;
  for (const step of fresh.toReversed()) add(line, step, (position += 1));
  line.head = newest.oid;
}

function putBelow(line: Line, { steps, foot }: Walked): void {
  let position = (line.positions.get(line.head) ?? 0) - line.positions.size + 1;
  for (const step of steps) add(line, step, (position -= 1));
  line.foot = foot;
}

function add({ positions, told }: Line, step: Step, position: number): void {
  positions.set(step.oid, position);
  for (const commit of step.told) told.push({ position, commit });
}

/** What a merge brought, or what is too long to walk. */
async function searchIrreversible(
  { repository }: ObjectReader,
  { base, before }: { readonly base: Oid; readonly before: Oid },
): Promise<readonly IrreversibleCommit[]> {
  const found = await findMessages(repository, { from: base, before, line: LINE, limit: mostFound });
  return found.flatMap(({ oid, message }) => toldBy(oid, message));
}
