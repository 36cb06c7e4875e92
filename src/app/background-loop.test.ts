import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startLoop } from './background-loop.ts';

test('it runs at once, and once more for any number of nudges in the middle', async () => {
  let runs = 0;
  const loop = startLoop(
    async () => {
      runs += 1;
      await setTimeout(20);
    },
    { every: 60_000, onError: () => undefined },
  );
  loop.nudge();
  loop.nudge();
  expect(runs).toBe(1);
  await setTimeout(80);
  expect(runs).toBe(2);
  loop.nudge();
  expect(runs).toBe(3);
  await loop.stop();
});

test('an error is told, and the next run comes by itself', async () => {
  const errors: unknown[] = [];
  let runs = 0;
  const work = (): Promise<void> => {
    runs += 1;
    return runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve();
  };
  const loop = startLoop(work, { every: 10, onError: (error) => errors.push(error) });
  await setTimeout(100);
  await loop.stop();
  expect(errors).toMatchObject([{ message: 'first' }]);
  expect(runs).toBeGreaterThan(1);
});

test('stop tells the run to end, waits for it, and nothing runs after it', async () => {
  let ended = false;
  let runs = 0;
  const loop = startLoop(
    async (signal) => {
      runs += 1;
      while (!signal.aborted) await setImmediate();
      ended = true;
    },
    { every: 1, onError: () => undefined },
  );
  await loop.stop();
  expect(ended).toBe(true);
  loop.nudge();
  await setTimeout(10);
  expect(runs).toBe(1);
});

test('it rests between two runs: nudges meanwhile are one run afterwards, and stop does not wait for that', async () => {
  const runs: PromiseWithResolvers<void>[] = [Promise.withResolvers(), Promise.withResolvers()];
  let count = 0;
  const work = (): Promise<void> => Promise.resolve(runs[count++]?.resolve());
  const options = { every: 60_000, onError: () => undefined };
  const short = startLoop(work, { ...options, rest: 20 });
  await setImmediate();
  for (let nudge = 0; nudge < 3; nudge += 1) short.nudge();
  expect(count).toBe(1);
  await runs[1]?.promise;
  await short.stop();
  expect(count).toBe(2);
  const long = startLoop(work, { ...options, rest: 60_000 });
  long.nudge();
  await setImmediate();
  await long.stop();
  expect(count).toBe(3);
});
