import { expect, test } from 'vitest';
import { release } from '../../../test/kit/plans.ts';

const file = 'tenants/acme/production/api/run.sh';

test('a written file keeps its mode, and a link is not written through', () => {
  const now = { [file]: { text: 'old', mode: '100755' as const } };
  const { plan } = release({ now, changes: [{ kind: 'file', path: file, text: 'new' }] });
  expect(plan.edits).toEqual([{ kind: 'write', path: file, mode: '100755', text: 'new' }]);
  const link = { [file]: { text: 'x', mode: '120000' as const }, 'tenants/acme/production/api/y': '' };
  expect(() => release({ now: link, changes: [{ kind: 'file', path: file, text: 'new' }] })).toThrow(
    'it is a symbolic link or submodule',
  );
});

test('to take away what is not there changes nothing', () => {
  const now = { [file]: 'x' };
  const gone = { kind: 'file', path: 'tenants/acme/production/api/y', text: undefined } as const;
  expect(release({ now, changes: [gone] }).plan.edits).toEqual([]);
});
