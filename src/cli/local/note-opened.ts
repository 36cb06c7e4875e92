import type { OpenedBranch } from '../../app/open-branch.ts';
import { age } from '../age.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';

/** Says on stderr what a person should know about the base: what was finished, and how old an offline view is. */
export function noteOpened({ stderr }: Terminal, { upstream, notes }: OpenedBranch): void {
  for (const note of notes) stderr.write(`note: ${printable(note)}\n`);
  if (!upstream) return;
  const { name, ahead, offline, fetchedAt } = upstream;
  if (ahead > 0)
    stderr.write(
      `note: ${ahead} commit(s) here are not in ${printable(name)} yet; a push takes them along\n`,
    );
  if (!offline) return;
  const when =
    fetchedAt === undefined ? 'an unknown time ago' : `${age(fetchedAt / 1000, Date.now() / 1000)} ago`;
  stderr.write(`note: offline; ${printable(name)} was fetched ${when}\n`);
}
