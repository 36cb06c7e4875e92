import { expect, test } from 'vitest';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { recommend } from './recommended.ts';

const row = (name: string, wish: Partial<Deployment> = {}): Deployment => ({
  revision: name.padEnd(40, '0'),
  timestamp: '2026-11-20T14:00:00.000Z',
  author: { id: null, name: 'jane', email: null, kind: 'person' },
  bot: null,
  pullRequest: null,
  tenant: 'acme',
  environment: 'production',
  changes: { summary: name, services: ['web'], files: 1, fields: 1 },
  source: 'release',
  status: 'success',
  knownGood: { standing: 'unknown', reason: '', health: null, mark: null },
  rolledBackServices: [],
  requestId: null,
  recurring: null,
  current: false,
  ...wish,
});

test('the deployment before the last one is recommended', () => {
  const [now, before] = [row('c'), row('b')];
  expect(recommend([now, before, row('a')])).toMatchObject({
    target: before,
    takesBack: now,
    because: expect.stringContaining('the state before the last change') as string,
  });
});

const bad = { standing: 'bad', reason: 'it was rolled back', health: null, mark: null } as const;
const good = { standing: 'good', reason: 'bob marked it good', health: null, mark: null } as const;
const rolledBack = (name: string, service: string): Deployment =>
  row(name, { status: 'rolled_back', rolledBackServices: [service], knownGood: bad });

test('what is known to be bad is passed over, and what is known to be good is preferred', () => {
  const rows = [row('e'), rolledBack('d', 'web'), row('c'), row('b', { knownGood: good })];
  expect(recommend(rows)).toMatchObject({ target: rows[3], because: 'bob marked it good' });
  expect(recommend(rows.slice(0, 3))?.target.revision).toMatch(/^c/);
});

test('for one service it counts that this service was rolled back', () => {
  const rows = [row('c'), rolledBack('b', 'api'), row('a')];
  expect(recommend(rows)?.target.revision).toMatch(/^a/);
  expect(recommend(rows, 'web')?.target.revision).toMatch(/^b/);
});

test('a history of one deployment has nothing to go back to', () => {
  expect(recommend([row('a')])).toBeUndefined();
  expect(recommend([])).toBeUndefined();
});
