import { expect, test } from 'vitest';
import { killRollbacks } from '../bench/soak/kill-rollbacks.ts';
import { rollBackAtOnce } from '../bench/soak/roll-back-at-once.ts';

test(
  'a hub that is killed at random moments loses nothing that it acknowledged, and does nothing twice',
  { timeout: 180_000 },
  async () => {
    const lines: string[] = [];
    const found = await killRollbacks({
      kills: 3,
      each: 5,
      seed: 20_261_121,
      progress: (line) => lines.push(line),
    });
    expect(found).toMatchObject({ kills: 3, lost: [], duplicated: [], broken: [] });
    expect(found.acknowledged).toBeGreaterThanOrEqual(3);
    expect(lines).toEqual([`3 kills, ${found.acknowledged} rollbacks, 0 faults`]);
  },
);

test('of many rollbacks at once each is a commit, or says that somebody was faster', async () => {
  const found = await rollBackAtOnce(25);
  expect(found).toMatchObject({ committed: 5, conflicts: 20, others: [], strayCommits: 0, broken: [] });
});
