import { setTimeout as sleep } from 'node:timers/promises';
import { armFailPoints } from '../std/fail-point.ts';

type Fault = 'kill' | 'throw' | 'delay' | 'lie';

/**
 * Arms the fault that `KNOWNGOOD_FAIL_AT` names, `<point>:<n>:<fault>`: at the n-th time the point is passed, the
 * program is killed (`kill`), an error is thrown (`throw`), nothing happens for a second (`delay`), or the step is
 * reported as failed although it was done (`lie`). `*` stands for any point; `trace` lists the points on stderr.
 */
export function armFromEnvironment(environment: Readonly<Record<string, string | undefined>>): void {
  const wanted = environment['KNOWNGOOD_FAIL_AT'];
  if (wanted === undefined || wanted === '') return;
  if (wanted === 'trace') {
    armFailPoints((point) => void process.stderr.write(`fail point ${point}\n`));
    return;
  }
  const [, name, count, fault] = /^([\w.*-]+):(\d+):(kill|throw|delay|lie)$/.exec(wanted) ?? [];
  if (name === undefined || fault === undefined)
    throw new Error(`KNOWNGOOD_FAIL_AT is not <point>:<n>:kill|throw|delay|lie but ${wanted}`);
  let left = Number(count);
  armFailPoints(async (point) => {
    if ((name === '*' || name === point) && --left === 0) await happen(fault as Fault, point);
  });
}

async function happen(fault: Fault, point: string): Promise<void> {
  if (fault === 'delay') await sleep(1000);
  else if (fault === 'kill') {
    process.kill(process.pid, 'SIGKILL');
    // The signal arrives a moment later; nothing may happen in between.
    await sleep(60_000);
  } else throw new Error(`${fault === 'lie' ? 'the answer was lost' : 'a fault was injected'} at ${point}`);
}
