import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { countOutbox } from './outbox-metrics.ts';

test('metrics tell what waits in the outbox at the moment they are read', async () => {
  const registry = new Registry();
  const now = { waiting: 2, dead: 1 };
  countOutbox(registry, () => Promise.resolve(now));
  expect(await registry.metrics()).toMatch(/\{state="waiting"\} 2\n.*\{state="dead"\} 1/);
  now.waiting = 0;
  expect(await registry.metrics()).toContain('{state="waiting"} 0');
});

test('a database that is away leaves its number out and hides no other', async () => {
  const registry = new Registry();
  const answers = [Promise.resolve({ waiting: 2, dead: 0 }), Promise.reject(new Error('away'))];
  countOutbox(registry, () => answers.shift() ?? Promise.reject(new Error('asked too often')));
  expect(await registry.metrics()).toContain('{state="waiting"} 2');
  const metrics = await registry.metrics();
  expect(metrics).toContain('# TYPE knowngood_outbox_jobs gauge');
  expect(metrics).not.toContain('state=');
});
