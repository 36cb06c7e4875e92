import { expect, test } from 'vitest';
import { rollBack, standardLayout, undo } from '../../../test/kit/plans.ts';
import { reachOf } from './plan-reach.ts';

const production = { tenant: 'acme', environment: 'production' };
const globex = { tenant: 'globex', environment: 'production' };
const [api, other] = ['acme', 'globex'].map((tenant) => `tenants/${tenant}/production/api/service.yaml`);

test('a rollback concerns what it names, and with shared files everybody who reads them', () => {
  const of = (tag: string) => ({ [`${api}`]: tag, [`${other}`]: 'x: 1', 'variables.yaml': `A: ${tag}\n` });
  const query = { now: of('v2'), past: of('v1') };
  expect(reachOf(rollBack(query).plan, standardLayout).where).toEqual([production]);
  const { plan } = rollBack({ ...query, includeShared: true });
  expect(reachOf(plan, standardLayout)).toEqual({
    where: [production, globex],
    unowned: [],
    projectFile: false,
  });
});

test('an undo concerns whomever the commit touched, and tells what belongs to nobody', () => {
  const files = (tag: string) => ({
    [`${api}`]: tag,
    [`${other}`]: tag,
    'README.md': tag,
    'knowngood.yaml': `# ${tag}`,
  });
  const { plan } = undo({ found: files('v1'), left: files('v2'), now: files('v2') });
  expect(reachOf(plan, standardLayout)).toEqual({
    where: [production, globex],
    unowned: ['README.md'],
    projectFile: true,
  });
});
