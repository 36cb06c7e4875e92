import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { relative } from 'node:path';

/** A living process, and where below the folder asked about it works: `prj_1.git/objects`. */
export interface ProgramAt {
  readonly pid: number;
  readonly folder: string;
}

/**
 * The other processes of this machine that work in a folder below this one, as every git does that we start in a
 * repository of ours. Undefined where the system does not tell.
 */
export function programsBelow(folder: string): readonly ProgramAt[] | undefined {
  let ids: readonly string[];
  let top: string;
  try {
    ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
    top = realpathSync(folder);
  } catch {
    return undefined;
  }
  return ids.flatMap((pid) => {
    const at = workingFolder(pid);
    const below = at === undefined ? '' : relative(top, at);
    return below === '' || below.startsWith('..') ? [] : [{ pid: Number(pid), folder: below }];
  });
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended, or is another user's and then no git of ours.
    return undefined;
  }
}
