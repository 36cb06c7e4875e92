import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { streamGit } from './stream-git.ts';

// Enough commits on the old side that none of the rest can change the answer.
const certainty = 1000;

/**
 * The newest commit of a first-parent history that was there at a time (seconds since 1970), by committer date;
 * undefined when the history began later or, in a shallow clone, is not here. Dates may be wrong: a commit from a
 * clock that was off does not count against many neighbours. The cut is where the fewest dates are on the wrong side;
 * of two such cuts the one whose commit is later by its date.
 */
export async function revisionAtTime(
  repository: Repository,
  from: Oid,
  seconds: number,
): Promise<{ readonly oid: Oid; readonly committedSeconds: number } | undefined> {
  invariant(isOid(from), 'a history is asked for by full id');
  const args = ['log', '--stdin', '-z', '--first-parent', '--no-show-signature', '--format=tformat:%H %ct'];
  let best: { oid: Oid; committedSeconds: number } | undefined;
  let score = 0;
  let highest = 0;
  let decided = false;
  for await (const items of streamGit(repository, args, { stdin: `${from}\n` })) {
    for (const item of items) {
      const [oid = '', time = ''] = item.toString('latin1').split(' ');
      const committedSeconds = Number(time);
      // The score is what speaks for a cut just above this commit.
      const tie = score === highest && committedSeconds <= seconds;
      if (best === undefined || score > highest || (tie && committedSeconds > best.committedSeconds)) {
        highest = score;
        best = { oid, committedSeconds };
      }
      score += committedSeconds > seconds ? 1 : -1;
      decided = highest - score > certainty;
    }
    if (decided) break;
  }
  return score > highest ? undefined : best;
}
