import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * The name of one try to change a working tree: `host.pid.start.random`. It names its process so well that a later
 * one can tell whether it still lives, even after the pid was given to somebody else.
 */
export type Attempt = string;

/** An attempt of another machine cannot be asked whether it lives; it is taken for dead after this time. */
const foreignPatience = 10 * 60_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);
const here = digest(hostname());

export const newAttempt = (): Attempt => `${processMark(process.pid)}.${randomBytes(4).toString('hex')}`;

/** `host.pid.start`: the mark of a living process; `start` is empty when nobody can tell. */
export const processMark = (pid: number): string => `${here}.${pid}.${startOf(pid) ?? ''}`;

/** Whether the process of this mark or attempt lives. `age` is how many milliseconds ago it was written down. */
export function stillLives(mark: string, age: number): boolean {
  const [host, pid, start] = mark.split('.');
  if (host !== here) return age < foreignPatience;
  const now = startOf(Number(pid));
  return now !== undefined && now === start;
}

export const pidOf = (mark: string): number => Number(mark.split('.')[1]);

/** A token that differs between two processes of one pid, also across boots; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readOrUndefined(`/proc/${pid}/stat`);
    const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    // A zombie holds nothing and writes nothing; nobody may ever collect it in a container.
    if (state === undefined || state === 'Z' || state === 'X') return undefined;
    return digest(`${readOrUndefined('/proc/sys/kernel/random/boot_id') ?? ''} ${fields[18]}`);
  }
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  if (asked.error === undefined) return asked.status === 0 ? digest(asked.stdout.trim()) : undefined;
  try {
    process.kill(pid, 0);
    return '';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? '' : undefined;
  }
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
