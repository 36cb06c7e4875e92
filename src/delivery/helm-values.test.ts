import { expect, test } from 'vitest';
import { helmValues, layerValues } from './helm-values.ts';
import { readServiceFile } from './service-file.ts';

const fill = () => ({ kind: 'plain', value: 7, text: '7' }) as const;
const service = (text: string) =>
  readServiceFile(
    {
      path: 'a/service.yaml',
      text: `apiVersion: knowngood.dev/v1\nkind: Service\nbinding: { type: helm, source: charts/x }\n${text}`,
    },
    fill,
  );

test('later values win, mappings are merged, lists replaced, and null stays', () => {
  expect(layerValues({ a: { b: 1, c: [1] }, d: 1 }, { a: { b: null, c: [2] } })).toEqual({
    a: { b: null, c: [2] },
    d: 1,
  });
});

test('files come first, then the values of the service, then its own fields', () => {
  const files = [
    { path: 'x.yaml', text: 'level: debug\nsize: "{{hq.var.N}}"\nimage: { tag: old, pullPolicy: Always }\n' },
    { path: 'y.yaml', text: '# nothing\n' },
  ];
  const text =
    'image: { repository: ghcr.io/a/b, tag: v2 }\nreplicas: 3\nvalues: { level: info, image: { tag: low } }\nresources: { limits: { cpu: 1 } }\n';
  expect(helmValues(service(text), files, fill)).toEqual({
    level: 'info',
    size: 7,
    image: { tag: 'v2', pullPolicy: 'Always', repository: 'ghcr.io/a/b' },
    replicaCount: 3,
    resources: { limits: { cpu: 1 } },
  });
  expect(helmValues(service(''), [], fill)).toEqual({});
});

test.each([
  ['- a\n', 'v.yaml:1: values must be a mapping'],
  ['a: 1\n---\nb: 2\n', 'v.yaml:3: holds more than one document'],
])('%j is refused', (text, reason) => {
  expect(() => helmValues(service(''), [{ path: 'v.yaml', text }], fill)).toThrow(reason);
});
