import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { processStart } from './process-start.ts';

/**
 * The name of one try to change a working tree: `host.pid.start.random`. It names its process so well that a later
 * one can tell whether it still lives, even after the pid was given to somebody else.
 */
export type Attempt = string;

/** An attempt of another machine cannot be asked whether it lives; it is taken for dead after this time. */
const foreignPatience = 10 * 60_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);
const here = digest(hostname());
const boot = bootId();

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
  } catch {
    return '';
  }
}

export const newAttempt = (): Attempt => `${processMark(process.pid)}.${randomBytes(4).toString('hex')}`;

/** `host.pid.start`: the mark of a living process, by which it is known also after its pid went to another. */
export const processMark = (pid: number): string => `${here}.${pid}.${startOf(pid)}`;

/** Whether the process of this mark or attempt lives. `age` is how many milliseconds ago it was written down. */
export function stillLives(mark: string, age: number): boolean {
  const [host, pid, start] = mark.split('.');
  if (host !== here) return age < foreignPatience;
  return processStart(Number(pid)) !== '' && startOf(Number(pid)) === start;
}

export const pidOf = (mark: string): number => Number(mark.split('.')[1]);

/** Starts are counted from the boot, so the boot belongs to the token. */
const startOf = (pid: number): string => digest(`${boot} ${processStart(pid)}`);
