import { expect, test } from 'vitest';
import type { Request } from '../../../src/contract/request.ts';
import { requestCommands } from './request-commands.ts';

const commandsOf = (state: Request['state'], error: Request['error'] = null) =>
  requestCommands(
    { id: 'rbk-1', state, digest: 'sha256:ab', error, resubmittedAs: null },
    (step) => `https://hub.example.com/${step}`,
  );

/** The first words of the commands, without their program and the request. */
const wordsOf = (...of: Parameters<typeof commandsOf>) =>
  commandsOf(...of).map(({ cli }) => cli.replace(/^knowngood (.*) rbk-1$/, '$1'));

test('the command line and curl look at a request and move it on', () => {
  expect(commandsOf('pending').slice(0, 2)).toEqual([
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
  expect(commandsOf('approved')[1]).toMatchObject({
    cli: 'knowngood execute rbk-1',
    curl: expect.stringMatching(/-d '\{\}' .*\/executeRequest$/) as string,
  });
});

test('every button of a request has its command', () => {
  expect(wordsOf('pending')).toEqual(['requests show', 'approve', 'reject', 'cancel']);
  expect(wordsOf('approved')).toEqual(['requests show', 'execute', 'cancel']);
  expect(wordsOf('rejected')).toEqual(['requests show', 'resubmit']);
  expect(wordsOf('completed')).toEqual(['requests show']);
});

test('a failure is carried out again only where that can help', () => {
  const error = { code: 'push_failed', message: 'no', paths: [], at: '2026-01-02T03:04:05Z' };
  expect(wordsOf('failed', { ...error, retryable: true })).toEqual([
    'requests show',
    'execute',
    'resubmit',
    'cancel',
  ]);
  expect(wordsOf('failed', { ...error, retryable: false })).toEqual(['requests show', 'resubmit', 'cancel']);
});
