import { expect, test } from 'vitest';
import { maskedObject } from './masked-object.ts';

const secret = (data: Record<string, string>, metadata = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db', ...metadata },
  data,
});

test('values of a Secret are masked, and one that differs says only that', () => {
  const [now, then] = [
    secret({ user: 'YQ==', password: 'b2xk' }),
    secret({ user: 'YQ==', password: 'bmV3' }),
  ];
  expect(maskedObject(then, now, 'another')).toEqual(
    secret({ user: '(secret)', password: '(secret, another)' }),
  );
});

test('the copy that kubectl keeps in an annotation is masked too, and other annotations stay', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{}}', team: 'shop' };
  expect(maskedObject(secret({}, { annotations }), undefined, 'another')).toEqual(
    secret(
      {},
      { annotations: { ...annotations, 'kubectl.kubernetes.io/last-applied-configuration': '(secret)' } },
    ),
  );
});

test('what SOPS has sealed is masked whatever its kind, and data that is no text', () => {
  const sealed = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {},
    data: { a: 'ENC[x]' },
    sops: { mac: 'm' },
  };
  expect(maskedObject(sealed, undefined, 'another')).toMatchObject({
    data: { a: '(secret)' },
    sops: { mac: '(secret)' },
  });
  expect(maskedObject({ ...secret({}), data: 'broken' }, undefined, 'x')).toMatchObject({ data: '(secret)' });
});

test('a side without secret values is masked when the other side has some; other objects stay as they are', () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'db' }, data: { a: '1' } };
  expect(maskedObject(config, undefined, 'x')).toBe(config);
  expect(maskedObject(config, { ...config, sops: {} }, 'x')).toMatchObject({ data: { a: '(secret)' } });
});
