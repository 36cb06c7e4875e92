import { expect, test } from 'vitest';
import { accessRefusals } from './access-refusals.ts';
import { databaseRefusals } from './database-refusals.ts';
import { Refusal, refusalTable } from './refusal.ts';
import { requestRefusals } from './request-refusals.ts';

test("the product page's own texts and kinds are verbatim", () => {
  const page = {
    target_sha_required: { kind: 'invalid', message: 'targetSha is required' },
    not_pending: { kind: 'wrong_state', message: 'rollback request is not pending approval' },
    empty_field_selection: { kind: 'invalid', message: 'selected fields cannot be empty for field mode' },
    own_request: { kind: 'forbidden', message: 'cannot approve/reject your own rollback request' },
    already_reviewed: { kind: 'conflict', message: 'you have already reviewed this rollback request' },
    execution_failed: { kind: 'failed', message: 'approval saved but rollback execution failed' },
  };
  expect(refusalTable).toMatchObject(page);
});

test('each message is one clear line', () => {
  const messages = Object.values(refusalTable).map(({ message }) => message);
  expect(messages.filter((message) => /[\n\r]|[.!]$/.test(message) || message.length > 220)).toEqual([]);
});

test('no two parts of the table name the same code', () => {
  const parts = [accessRefusals, databaseRefusals, requestRefusals];
  const codes = parts.flatMap((part) => Object.keys(part));
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(refusalTable).toHaveProperty(
      code,
      { ...accessRefusals, ...databaseRefusals, ...requestRefusals }[code],
    );
  }
});

test('facts fill the message and stay readable for machines', () => {
  const refusal = new Refusal(
    'feature_off',
    { feature: 'selective_rollback', plan: 'free' },
    { need: 'pro' },
  );
  expect(refusal.message).toBe('selective_rollback is not part of the free plan');
  expect(refusal.kind).toBe('forbidden');
  expect(refusal.details).toEqual({ need: 'pro' });
});
