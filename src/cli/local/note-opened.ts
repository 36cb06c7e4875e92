import type { OpenedBranch } from '../../app/open-branch.ts';
import { age } from '../age.ts';
import { count } from '../count.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';

/** Says on stderr what a person should know about the base: what was finished, and how old an offline view is. */
export function noteOpened({ stderr }: Terminal, { upstream, notes }: OpenedBranch): void {
  for (const note of notes) stderr.write(`note: ${printable(note)}\n`);
  if (!upstream?.offline) return;
  const { name, fetchedAt } = upstream;
  const when =
    fetchedAt === undefined ? 'an unknown time ago' : `${age(fetchedAt / 1000, Date.now() / 1000)} ago`;
  stderr.write(`note: offline; ${printable(name)} was fetched ${when}\n`);
}

/** Says on stderr that a push will publish more than the commit that is about to be made. */
export function noteAhead({ stderr }: Terminal, { upstream }: OpenedBranch): void {
  if (!upstream || upstream.ahead === 0) return;
  const commits = count(upstream.ahead, 'commit');
  const rest = upstream.ahead === 1 ? 'is not' : 'are not';
  stderr.write(
    `note: ${commits} here ${rest} in ${printable(upstream.name)} yet; a push publishes that too\n`,
  );
}
