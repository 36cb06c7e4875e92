import type { Mode, Oid } from '../tree/object.ts';
import { invariant } from '../std/invariant.ts';
import { decodeName } from './name-bytes.ts';

/** One side of a change: what stands at the path. Absent means that nothing does. */
export interface PathSide {
  readonly mode: Mode;
  readonly oid: Oid;
}

/** One path that differs between two commits. A rename is a deletion and an addition. */
export interface PathChange {
  readonly path: string;
  readonly before: PathSide | undefined;
  readonly after: PathSide | undefined;
}

/** The kind letters of git's raw format, as it prints them. */
export const statusOf = ({ before, after }: PathChange): 'A' | 'D' | 'M' =>
  before === undefined ? 'A' : after === undefined ? 'D' : 'M';

/** The bytes `:mode mode oid oid X` of `--raw -z`, and the path that follows it. */
export function readRawChange(meta: string, path: Uint8Array): PathChange {
  const [oldMode = '', newMode = '', oldOid = '', newOid = ''] = meta.slice(1).split(' ');
  return {
    path: decodeName(path),
    before: side(oldMode, oldOid),
    after: side(newMode, newOid),
  };
}

function side(mode: string, oid: string): PathSide | undefined {
  if (mode === '000000') return undefined;
  invariant(/^(100644|100755|120000|160000)$/.test(mode), `git lists no other modes than files, not ${mode}`);
  return { mode: mode as Mode, oid };
}

/** The changes in the output of a `--raw -z` command that prints nothing else. */
export function readRawChanges(output: Buffer): readonly PathChange[] {
  const parts = splitNul(output);
  const changes: PathChange[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2)
    changes.push(readRawChange(parts[index]?.toString('latin1') ?? '', parts[index + 1] ?? Buffer.of()));
  return changes;
}

/** The pieces of a list in which every item ends with NUL. */
export function splitNul(output: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = output.indexOf(0); end !== -1; end = output.indexOf(0, start)) {
    parts.push(output.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
