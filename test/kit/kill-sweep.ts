import { join } from 'node:path';
import { recoverRepositories } from '../../src/app/projects/recover-repositories.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import type { Trial } from './fault-sweep.ts';
import { type TestHub, makeHub } from './hub.ts';
import { type FaultScene, type Passing, approveFor, breakAgain } from './request-faults.ts';
import type { VictimOrder } from './request-victim.ts';
import { runProgram } from './run-program.ts';

const victim = join(import.meta.dirname, 'request-victim.ts');

/** As `scripts/run.sh` has it: half the time of a start. */
const compiled = join(import.meta.dirname, '../../.cache/compiled');

/** The victim only approves: the first commit of a trace was the submit's. */
const inVictim = ({ point, n }: Passing): Passing => ({
  point,
  n: point.startsWith('store.commit') ? n - 1 : n,
});

/** The trials in which a process of its own, which approves, can be killed. */
export const killTrials = (trials: readonly Trial[]): readonly Trial[] =>
  trials
    .map(({ mode, passing }) => ({ mode, passing: inVictim(passing) }))
    .filter(({ passing: { point, n } }) => n > 0 && point !== 'app.request.submitted');

/**
 * Kills a process in each trial, starts a hub on what it left, and says where the request was not completed by that.
 * The hub of the scene is closed; `hub` is the last one, open.
 */
export async function sweepKills(
  scene: FaultScene,
  trials: readonly Trial[],
): Promise<{ readonly hub: TestHub; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  let hub = scene.hub;
  for (const { mode, passing } of trials) {
    const { point, n } = passing;
    await breakAgain({ ...scene, hub });
    const { id } = await mode.submit({ ...scene, hub });
    const order: VictimOrder = {
      database: hub.url,
      settings: hub.settings,
      secretKey: Buffer.from(hub.secretKey).toString('hex'),
      requestId: id,
      accountId: scene.bob.id,
    };
    const { settings } = hub;
    await hub.close();
    const { signal } = await runProgram(process.execPath, [victim, JSON.stringify(order)], {
      env: { KNOWNGOOD_FAIL_AT: `${point}:${n}:kill`, NODE_COMPILE_CACHE: compiled },
    });
    hub = await makeHub({ like: hub, settings });
    await recoverRepositories(hub);
    await recoverExecutions(hub, { olderThan: 0 });
    const saved = await hub.store.requests.get(id);
    // Killed before the vote was saved: it is asked for again.
    if (saved?.state === 'pending') await approveFor({ ...scene, hub }, saved);
    const state = (await hub.store.requests.get(id))?.state;
    if (signal !== 'SIGKILL' || state !== 'completed')
      wrong.push(`${mode.name}, kill at ${point} ${n}: ${signal ?? 'never there'}, ${state}`);
  }
  return { hub, wrong };
}
