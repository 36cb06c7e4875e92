import { expect, test } from 'vitest';
import { auditFilterOf, readAuditSearch } from './audit-search.ts';

test('an address names filters that the server knows, and nothing else', () => {
  const search = { action: 'break_glass.*', flag: 'break_glass', project: 'shop', from: '2026-11-20' };
  expect(readAuditSearch(search)).toMatchObject(search);
  const nonsense = { action: 'request.eaten', flag: 'pink', from: 'yesterday', to: '2026-13-40' };
  expect(
    Object.values(auditFilterOf(readAuditSearch(nonsense))).filter((value) => value !== undefined),
  ).toEqual([]);
});

test('both days of a range are included, also the last of a year', () => {
  expect(auditFilterOf({ from: '2026-12-31', to: '2026-12-31' })).toEqual({
    from: '2026-12-31T00:00:00Z',
    to: '2027-01-01T00:00:00.000Z',
  });
});
