import { expect, test } from 'vitest';
import { objectsIn } from './objects-in.ts';

test('objects are what has a kind, in every document', () => {
  const text = 'kind: Job\nmetadata: { generateName: a- }\n---\nreplicas: 1\n---\nkind: Service\n';
  expect(objectsIn('a.yaml', text).map(({ kind }) => kind)).toEqual(['Job', 'Service']);
});

test('what cannot be read holds none', () => {
  for (const text of [undefined, '', 'a: [\n', '{{- if .Values.x }}\nkind: Job\n{{- end }}\n'])
    expect(objectsIn('a.yaml', text)).toEqual([]);
});
