import { expect, test } from 'vitest';
import type { Request } from '../../../src/contract/request.ts';
import { requestCommands } from './request-commands.ts';

const commandsOf = (state: Request['state'], error: Request['error'] = null) =>
  requestCommands(
    { id: 'rbk-1', state, digest: 'sha256:ab', error },
    (step) => `https://hub.example.com/${step}`,
  );

test('the command line and curl look at a request and move it on', () => {
  expect(commandsOf('pending')).toEqual([
    {
      cli: 'knowngood requests show rbk-1',
      curl: 'curl -sS -H "Authorization: Bearer $KNOWNGOOD_TOKEN" https://hub.example.com/getRequest',
    },
    {
      cli: 'knowngood approve rbk-1',
      curl:
        'curl -sS -H "Authorization: Bearer $KNOWNGOOD_TOKEN" -H "Content-Type: application/json" ' +
        `-d '{"digest":"sha256:ab"}' https://hub.example.com/approveRequest`,
    },
  ]);
  for (const state of ['approved', 'failed'] as const)
    expect(commandsOf(state)[1]).toMatchObject({
      cli: 'knowngood execute rbk-1',
      curl: expect.stringMatching(/-d '\{\}' .*\/executeRequest$/),
    });
  expect(commandsOf('completed')).toHaveLength(1);
});

test('a failure is carried out again only where that can help', () => {
  const error = { code: 'push_failed', message: 'no', paths: [], at: '2026-01-02T03:04:05Z' };
  const look = { cli: 'knowngood requests show rbk-1' };
  expect(commandsOf('failed', { ...error, retryable: true })).toMatchObject([
    look,
    { cli: 'knowngood execute rbk-1' },
  ]);
  expect(commandsOf('failed', { ...error, retryable: false })).toMatchObject([look]);
});
