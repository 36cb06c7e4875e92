import { expect, test } from 'vitest';
import { goesBehindIrreversible, irreversibleHazard, irreversibleReason } from './irreversible.ts';

test.each([
  ['Release\n\nIrreversible: drops the table orders\n', 'drops the table orders'],
  ['Release\n\nirreversible:  mails were sent \nSigned-off-by: bob\n', 'mails were sent'],
  ['Squash\n\nIrreversible: first\n\n* second\n\nIrreversible: second', 'first'],
])('%j says why', (message, reason) => {
  expect(irreversibleReason(message)).toBe(reason);
});

test.each([
  'Irreversible',
  'Irreversible:\n\nnothing',
  'It is Irreversible: no',
  '> Irreversible: quoted',
  '',
])('%j says nothing', (message) => {
  expect(irreversibleReason(message)).toBeUndefined();
});

test('the hazard names the commit, the reason and the paths, and stops nobody', () => {
  const hazard = irreversibleHazard({ revision: 'c'.repeat(40), reason: 'drops a table' }, ['a.yaml']);
  expect(hazard).toEqual({
    code: 'irreversible_commit',
    message:
      'cccccccc cannot be taken back by a rollback alone: drops a table; on a server one more person has to approve',
    blocking: false,
    paths: ['a.yaml'],
  });
  expect(goesBehindIrreversible([hazard])).toBe(true);
  expect(goesBehindIrreversible([{ code: 'link_or_submodule' }])).toBe(false);
});
