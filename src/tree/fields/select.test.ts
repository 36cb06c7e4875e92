import { expect, test } from 'vitest';
import { changedFields } from './changes.ts';
import type { FieldChange } from './change.ts';
import { selectFields } from './select.ts';

const workload = (image: string, level: string) => `kind: Deployment
metadata: {name: api, annotations: {x.y/z: "${level}", app.io/mode: ${level}}}
spec:
  replicas: ${level.length}
  template:
    spec:
      containers:
      - {name: app, image: "${image}", env: [{name: LOG_LEVEL, value: ${level}}, {name: a b, value: ${level}}]}
      - {name: side, image: "${image}"}
`;
const found = changedFields(workload('app:1', 'debug'), workload('app:2', 'info'));
const changes: readonly FieldChange[] = found.kind === 'fields' ? found.changes : [];

const pod = '#/spec/template/spec/containers';
const selected = (wanted: string): readonly string[] => {
  const result = selectFields(changes, wanted);
  return result.kind === 'selected' ? result.changes.map(({ address }) => address) : [result.kind];
};

test('every change is found by its address and by its short form', () => {
  expect(changes).toHaveLength(7);
  for (const change of changes) {
    expect(selected(change.address)).toEqual([change.address]);
    expect(selected(change.short)).toEqual([change.address]);
  }
});

test.each([
  ['replicas', ['#/spec/replicas']],
  ['.spec.replicas', ['#/spec/replicas']],
  ['containers[app].image', [`${pod}/[name=app]/image`]],
  ['[side].image', [`${pod}/[name=side]/image`]],
  ['env[LOG_LEVEL].value', [`${pod}/[name=app]/env/[name=LOG_LEVEL]/value`]],
  ['env[name=LOG_LEVEL].value', [`${pod}/[name=app]/env/[name=LOG_LEVEL]/value`]],
  ['env["a b"].value', [`${pod}/[name=app]/env/[name=a b]/value`]],
  ['annotations["x.y/z"]', ['#/metadata/annotations/x.y~1z']],
  ['annotations.app.io/mode', ['#/metadata/annotations/app.io~1mode']],
  ['containers[side]', [`${pod}/[name=side]/image`]],
  ['env', [`${pod}/[name=app]/env/[name=LOG_LEVEL]/value`, `${pod}/[name=app]/env/[name=a b]/value`]],
  [
    `${pod}/[name=app]/env`,
    [`${pod}/[name=app]/env/[name=LOG_LEVEL]/value`, `${pod}/[name=app]/env/[name=a b]/value`],
  ],
])('%s is understood', (wanted, addresses) => {
  expect(selected(wanted)).toEqual(addresses);
});

test.each([
  ['image', { kind: 'ambiguous', candidates: [`${pod}/[name=app]/image`, `${pod}/[name=side]/image`] }],
  ['replica', { kind: 'unknown', suggestions: ['spec.replicas'] }],
  ['#/spec/replica', { kind: 'unknown', suggestions: ['#/spec/replicas'] }],
  ['#/spec/replicas/x', { kind: 'unknown', suggestions: ['#/spec/replicas'] }],
  ['nothing.like.it', { kind: 'unknown', suggestions: [] }],
  ['', { kind: 'malformed', reason: 'the field is empty' }],
  ['a[', { kind: 'malformed', reason: expect.stringMatching(/cannot read "\["/) }],
])('%s is not', (wanted, result) => {
  expect(selectFields(changes, wanted)).toEqual(result);
});
