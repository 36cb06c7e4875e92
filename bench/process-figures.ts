import { readFileSync, readdirSync } from 'node:fs';

/** Bytes of memory that this process and the programs it started have had at once, looked at ten times a second. */
export interface WatchedMemory {
  readonly most: () => number;
  readonly stop: () => void;
}

const every = 100;

/** Watches from now on; answers 0 where the system does not tell. */
export function watchMemory(): WatchedMemory {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, residentOf(process.pid));
  }, every);
  return { most: () => most, stop: () => clearInterval(timer) };
}

/** Resident bytes of a process and of those below it; 0 for one that has ended. */
export function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean),
    );
    return children.reduce((sum, child) => sum + residentOf(Number(child)), own);
  } catch {
    return 0;
  }
}

/** Milliseconds that a process has had, in user mode and in the system, its threads included; undefined where the system does not tell. */
export function processorTime(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // Hundredths of a second, on every Linux that there is.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
