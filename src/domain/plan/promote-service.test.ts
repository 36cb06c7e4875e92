import { expect, test } from 'vitest';
import { promote } from '../../../test/kit/plans.ts';

const staging = 'tenants/acme/staging/api/service.yaml';
const production = 'tenants/acme/production/api/service.yaml';

test('a link and a file that is no text are left as they are, with the reason', () => {
  const now = {
    [staging]: { text: 'x.yaml', mode: '120000' as const },
    [production]: 'a: 1\n',
    'tenants/acme/staging/api/logo.png': 'a\0b',
    'tenants/acme/production/api/logo.png': 'a\0c',
  };
  const { plan } = promote({ now });
  expect(plan.edits).toEqual([]);
  expect(plan.kept.map(({ reason }) => reason)).toEqual([
    'it is no text file in both',
    'it is no text file in both',
  ]);
});

test('the later environment keeps the mode of its file', () => {
  const now = {
    [staging]: 'image:\n  tag: v2\n',
    [production]: { text: 'image:\n  tag: v1\n', mode: '100755' as const },
  };
  expect(promote({ now }).plan.edits).toMatchObject([{ kind: 'write', path: production, mode: '100755' }]);
});
