import { expect, test } from 'vitest';
import type { RequestScope } from './request.ts';
import { type SpokenRequest, requestName, requestWish } from './request-words.ts';

const request = (scope: Partial<RequestScope>, kind: SpokenRequest['kind'] = 'rollback'): SpokenRequest => ({
  kind,
  targetSha: 'abc12345'.repeat(5),
  scope: {
    mode: 'full',
    where: [{ tenant: 'acme', environment: 'production' }],
    service: undefined,
    selectedFields: [],
    includeShared: false,
    keep: [],
    allowDelete: false,
    ...scope,
  },
});

test('every kind and mode has its words', () => {
  const service = 'api-gateway';
  const many = ['a', 'b', 'c', 'd', 'e'].map((tenant) => ({ tenant, environment: 'dev' }));
  const said = [
    request({}),
    request({ mode: 'service', service }),
    request({ mode: 'field', service, selectedFields: ['image.tag'] }),
    request({ mode: 'field', service, selectedFields: ['image.tag', 'replicas'] }),
    request({ mode: 'undo', where: many }),
    request({}, 'promotion'),
  ].flatMap((one) => [requestWish(one), requestName(one)]);
  expect(said).toEqual([
    'roll back acme/production to abc12345',
    'rollback of acme/production to abc12345',
    'roll back acme/production api-gateway to abc12345',
    'rollback of acme/production api-gateway to abc12345',
    'roll back 1 field of acme/production api-gateway to abc12345',
    'rollback of 1 field of acme/production api-gateway to abc12345',
    'roll back 2 fields of acme/production api-gateway to abc12345',
    'rollback of 2 fields of acme/production api-gateway to abc12345',
    'undo abc12345 in a/dev, b/dev, c/dev and 2 more',
    'undo of abc12345 in a/dev, b/dev, c/dev and 2 more',
    'make a promotion to acme/production',
    'promotion to acme/production',
  ]);
});
