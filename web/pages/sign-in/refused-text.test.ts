import { expect, test } from 'vitest';
import { oidcProblems } from '../../../src/domain/people/oidc-claims.ts';
import { refusedText } from './refused-text.ts';

test('each problem with an identity provider says what happened and what to do', () => {
  for (const because of Object.keys(oidcProblems)) {
    const { what, next } = refusedText({ refused: 'oidc_failed', because, provider: 'corp' });
    expect(what).toMatch(/^Signing in with corp did not work: .+/);
    expect(next).not.toBe(refusedText({ refused: 'oidc_failed', because: 'x', provider: 'corp' }).next);
  }
});

test('nothing of an address is shown as it stands', () => {
  const bait = 'call 555 to unlock your account';
  for (const refused of ['oidc_failed', bait, 'toString', 'constructor']) {
    const { what, next } = refusedText({ refused, because: bait, provider: undefined });
    expect(what).toBe('Signing in with your identity provider did not work.');
    expect(next).toBe('Try again, or ask an owner.');
  }
});

test('a disabled account is told whom to ask', () => {
  expect(refusedText({ refused: 'account_disabled', because: undefined, provider: 'corp' }).next).toMatch(
    /^Ask an owner/,
  );
});
