import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** Whether a running child, and its pipes, keep our own process from ending. */
export function keepAlive(child: ChildProcessWithoutNullStreams, alive: boolean): void {
  for (const part of [child, child.stdin, child.stdout, child.stderr]) {
    const handle = part as { ref?: () => void; unref?: () => void };
    if (alive) handle.ref?.();
    else handle.unref?.();
  }
}
