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
  current: false,
  ...wish,
});

test('the deployment before the last one is recommended', () => {
  const [now, before] = [row('c'), row('b')];
  expect(recommend([now, before, row('a')])).toEqual({ target: before, takesBack: now });
});

test('what failed or was rolled back is passed over', () => {
  const rows = [
    row('e'),
    row('d', { status: 'failed' }),
    row('c', { status: 'rolled_back', rolledBackServices: ['web'] }),
    row('b'),
  ];
  expect(recommend(rows)?.target.revision).toMatch(/^b/);
});

test('for one service it counts that this service was rolled back', () => {
  const rows = [row('c'), row('b', { rolledBackServices: ['api'] }), row('a')];
  expect(recommend(rows)?.target.revision).toMatch(/^a/);
  expect(recommend(rows, 'web')?.target.revision).toMatch(/^b/);
});

test('a history of one deployment has nothing to go back to', () => {
  expect(recommend([row('a')])).toBeUndefined();
  expect(recommend([])).toBeUndefined();
});
