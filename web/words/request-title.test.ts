import { expect, test } from 'vitest';
import { fullScope } from './request-scope.test-kit.ts';
import { requestTitle } from './request-title.ts';

const targetSha = '5be0d1e7a1c04b6f8e2d3c4b5a69788796a5b4c3';

test('a title says what, where, and how far back', () => {
  const title = (mode: 'full' | 'service' | 'field' | 'undo', service: string | null = null) =>
    requestTitle({ kind: 'rollback', scope: { ...fullScope, mode, service }, targetSha });
  expect(title('full')).toBe('Rollback of everything in acme/production → 5be0d1e7');
  expect(title('service', 'web')).toBe('Rollback of web in acme/production → 5be0d1e7');
  expect(title('field', 'web')).toBe('Rollback of fields of web in acme/production → 5be0d1e7');
  expect(title('undo')).toBe('Undo of a commit 5be0d1e7 in acme/production');
});

test('releases and promotions say where they go', () => {
  const title = (kind: 'release' | 'promotion', service: string | null, from: string | null = null) =>
    requestTitle({ kind, scope: { ...fullScope, service, from }, targetSha: null });
  expect(title('release', 'web')).toBe('Release of web to acme/production');
  expect(title('release', null)).toBe('Release to acme/production');
  expect(title('promotion', 'web', 'staging')).toBe('Promotion of web from staging to acme/production');
});
