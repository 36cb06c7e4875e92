import { expect, test } from 'vitest';
import { pageRefusal } from './page-refusal.ts';

test.each([
  ['not_pending', 'wrong_state', 'rollback request is not pending approval'],
  ['own_request', 'forbidden', 'cannot approve/reject your own rollback request'],
  ['already_reviewed', 'conflict', 'you have already reviewed this rollback request'],
  ['execution_failed', 'failed', 'approval saved but rollback execution failed'],
] as const)('%s has the words of the page, and the same words for other kinds', (code, kind, message) => {
  expect(pageRefusal(code, 'rollback')).toMatchObject({ code, kind, message });
  for (const other of ['release', 'promotion'] as const) {
    expect(pageRefusal(code, other)).toMatchObject({ kind, message: message.replace('rollback', other) });
  }
});
