import type { Oid } from '../../tree/object.ts';
import { foldLine } from './commit-message.ts';
import type { Hazard } from './plan.ts';

/** A commit whose message says that going back behind it is not enough, and why. */
export interface IrreversibleCommit {
  readonly revision: Oid;
  readonly reason: string;
}

const longestReason = 200;

/** The reason of a trailer `Irreversible: why`, wherever in the message it stands: a squash leaves it in the middle. */
export function irreversibleReason(message: string): string | undefined {
  const [, reason] = /^irreversible:[ \t]*(\S.*)$/im.exec(message) ?? [];
  return reason === undefined ? undefined : foldLine(reason).slice(0, longestReason).toWellFormed();
}

/** The hazard of going back behind such a commit, by the planned paths that it touched. */
export const irreversibleHazard = (
  { revision, reason }: IrreversibleCommit,
  paths: readonly string[],
): Hazard => ({
  code: 'irreversible_commit',
  message: `${revision.slice(0, 8)} cannot be taken back by a rollback alone: ${reason}; on a server one more person has to approve`,
  blocking: false,
  paths,
});

/** Whether a plan goes back behind a commit that says so. */
export const goesBehindIrreversible = (hazards: readonly Pick<Hazard, 'code'>[]): boolean =>
  hazards.some(({ code }) => code === 'irreversible_commit');
