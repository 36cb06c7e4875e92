import { readFileSync } from 'node:fs';

/**
 * What tells this process from another that gets its id later: when it was started, in the system's own words. Empty
 * when it is gone; `running` where there is no /proc.
 */
export function processStart(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name may contain anything; behind it stands the state first and the start as the 20th.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return isRunning(pid) ? 'running' : '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
