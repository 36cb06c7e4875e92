import { expect, test } from 'vitest';
import { release } from '../../../test/kit/plans.ts';

const shared = 'tenants/acme/production/api/service.yaml';

test('a value that is shared through an anchor refuses the release, and every reason is told', () => {
  const now = { [shared]: 'a: &x { v: 1 }\nb: *x\nc: 1\nsecret: 1\n' };
  const field = (name: string) => ({
    kind: 'field' as const,
    service: 'api',
    field: name,
    wished: { kind: 'value', value: 2 } as const,
  });
  const { plan, files } = release({ now, changes: [field('b.v'), field('c')] });
  expect(plan.edits).toEqual([]);
  expect(plan.refused.map(({ address }) => address)).toEqual([`${shared}#/b/v`]);
  expect(files).toEqual(now);
});

test('a link among the files of a service has no fields and is left alone', () => {
  const now = {
    [shared]: 'a: 1\n',
    'tenants/acme/production/api/link.yaml': { text: 'service.yaml', mode: '120000' as const },
  };
  const wish = { kind: 'typed', text: '7' } as const;
  const { files } = release({ now, changes: [{ kind: 'field', service: 'api', field: 'a', wished: wish }] });
  expect(files[shared]).toBe('a: 7\n');
});
