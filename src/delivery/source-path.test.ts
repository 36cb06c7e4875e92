import { expect, test } from 'vitest';
import { relativePath, sourcePath } from './source-path.ts';

const at = { file: 'tenants/acme/dev/api/service.yaml', line: 4 };
const path = (text: string) => sourcePath(text, { folder: 'tenants/acme/dev/api', at });

test('a path begins at the root of the repository, or in the folder when it begins with a dot', () => {
  expect(path('bases/api')).toBe('bases/api');
  expect(path('bases/api/')).toBe('bases/api');
  expect(path('./manifests')).toBe('tenants/acme/dev/api/manifests');
  expect(path('../base')).toBe('tenants/acme/dev/base');
  expect(path('bases/../charts/x')).toBe('charts/x');
  expect(path('.hidden/x')).toBe('.hidden/x');
  expect(sourcePath('x.yaml', { folder: 'bases/api', at, inside: true })).toBe('bases/api/x.yaml');
});

test.each([
  ['../../../../..', 'leaves the repository'],
  ['../../../../../../etc', 'leaves the repository'],
  ['bases/../../x', 'leaves the repository'],
  ['/etc/passwd', 'must not begin with /'],
  ['bases/..', 'is the whole repository'],
  ['https://example.com/base', 'is not in this repository'],
  ['git@example.com:a/b', 'is not in this repository'],
  ['github.com/acme/bases?ref=v1', 'is not in this repository'],
  ['ssh://x/y', 'is not in this repository'],
  ['//x/y', 'is not in this repository'],
  ['bases/x?ref=main', 'is not in this repository'],
  ['file:///etc', 'is not in this repository'],
])('%s is refused with its file and line', (text, reason) => {
  expect(() => path(text)).toThrow(`tenants/acme/dev/api/service.yaml:4: ${JSON.stringify(text)} ${reason}`);
});

test('the way from one folder to another', () => {
  expect(relativePath('delivery/acme/dev/api', 'bases/api')).toBe('../../../../bases/api');
  expect(relativePath('a/b', 'a/c/d')).toBe('../c/d');
});
