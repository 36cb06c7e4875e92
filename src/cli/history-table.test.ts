import { expect, test } from 'vitest';
import { widthOf } from './table.ts';
import { type ShownDeployment, historyTable } from './history-table.ts';

const row = (services: readonly string[], subject: string): ShownDeployment => ({
  revision: 'a'.repeat(40),
  at: 1_000_000,
  author: 'somebody with a long name',
  email: 'ana@example.com',
  subject,
  services,
  files: 3,
  source: 'push',
});

const rows = [
  row(['api-gateway', 'billing', 'checkout'], 'Promote everything'),
  row([], 'Set up 🚀'.repeat(20)),
];
const view = { now: 1_000_000 + 7200, wide: false, columns: undefined, ofService: false };

test('without a terminal every column is there and nothing but names is cut', () => {
  expect(historyTable(rows.slice(0, 1), view)).toBe(
    `REVISION  AGE  AUTHOR                SERVICES                        FILES  SOURCE  CHANGES
aaaaaaaa  2h   somebody with a lon…  api-gateway, billing, checkout  3      push    Promote everything
`,
  );
});

test('80 columns hold each row in one line, with room for what changed', () => {
  const lines = historyTable(rows, { ...view, columns: 80 })
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.map(widthOf).filter((width) => width > 80)).toEqual([]);
  expect(lines[1]).toMatch(/api-gateway \+2 +Promote everything$/);
  expect(lines[0]).not.toContain('SOURCE');
});

test('the history of one service does not repeat its name', () => {
  expect(historyTable(rows, { ...view, ofService: true })).not.toMatch(/SERVICES|billing/);
});

test('wide shows full ids, times and addresses, whatever the terminal', () => {
  const [, line = ''] = historyTable(rows, { ...view, wide: true, columns: 80 }).split('\n');
  expect(line).toContain(`${'a'.repeat(40)}  1970-01-12T13:46:40Z`);
  expect(line).toContain('<ana@example.com>  api-gateway, billing, checkout');
});

test('a server says where, how each ended and by which request', () => {
  const told = {
    ...row(['web'], 'Release'),
    where: 'acme/production',
    status: 'rolled_back',
    request: 'rbk-1',
    recurring: 3,
    health: 'best Healthy for 4 h, worst Degraded',
  };
  const of = { ...view, ofServer: true, everywhere: true };
  expect(historyTable([told], of)).toBe(
    `REVISION  AGE  WHERE            AUTHOR                SERVICES  FILES  SOURCE  STATUS       CHANGES
aaaaaaaa  2h   acme/production  somebody with a lon…  web       3      push    rolled_back  Release
`,
  );
  expect(historyTable([told], { ...of, wide: true })).toContain(
    'rolled_back  rbk-1    rollback 3 in 30 days  best Healthy for 4 h, worst Degraded  Release',
  );
});
