import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import { decodeName } from './name-bytes.ts';
import type { Repository } from './repository.ts';
import { streamGit } from './stream-git.ts';

export interface MessageQuery {
  /** The commits that this one has and `before` has not, on every line. */
  readonly from: Oid;
  readonly before: Oid;
  /** How a line of the message begins, whatever the case: letters, digits and a colon. */
  readonly line: string;
  readonly limit: number;
}

/** The commits of a range with such a line in their message, newest first, with at most 64 KiB of it. */
export async function findMessages(
  repository: Repository,
  { from, before, line, limit }: MessageQuery,
): Promise<readonly { readonly oid: Oid; readonly message: string }[]> {
  invariant(isOid(from) && isOid(before), 'a range is asked for by full ids');
  invariant(/^[A-Za-z0-9-]+:$/.test(line), 'a line is asked for by plain words');
  const found: { readonly oid: Oid; readonly message: string }[] = [];
  const args = [...command, `--grep=^${line}`, `--max-count=${limit}`];
  let oid: Oid | undefined;
  for await (const items of streamGit(repository, args, { stdin: `${from}\n^${before}\n` }))
    for (const item of items) {
      if (oid === undefined) oid = item.toString('latin1');
      else {
        found.push({ oid, message: decodeName(item.subarray(0, 65_536)) });
        oid = undefined;
      }
    }
  return found;
}

// Each of these says what the user's configuration might say otherwise.
const command = [
  ['log', '--stdin', '-z', '--no-patch', '--no-color', '--no-show-signature', '--no-mailmap', '--no-notes'],
  [
    '--no-decorate',
    '--encoding=UTF-8',
    '--basic-regexp',
    '--regexp-ignore-case',
    '--format=tformat:%H%x00%B',
  ],
].flat();
