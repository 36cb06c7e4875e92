import { expect, test } from 'vitest';
import { impactOf } from './impact.ts';
import type { PlannedField, PlannedFile, ServiceChange } from './plan.ts';

const file = (path: string): PlannedFile => ({
  path,
  change: 'modified',
  before: undefined,
  after: undefined,
});
const field = (path: string, steps: string): PlannedField => ({
  file: path,
  address: `${path}#${steps}`,
  field: steps,
  before: 1,
  after: 2,
  secret: false,
});

test('services, bindings, variables, fields and files are counted apart', () => {
  const services: ServiceChange[] = [
    {
      service: 'api',
      files: [file('api/service.yaml'), file('api/kustomization.yaml'), file('api/variables.yaml')],
      fields: [
        field('api/service.yaml', '/binding/source'),
        field('api/service.yaml', '/binding/type'),
        field('api/service.yaml', '/image/tag'),
        field('api/variables.yaml', '/DB/secretRef/name'),
        field('api/variables.yaml', '/DB/secretRef/key'),
        field('api/variables.yaml', '/LOG'),
      ],
    },
    { service: null, files: [file('environment.yaml')], fields: [] },
  ];
  expect(impactOf(services)).toEqual({ services: 1, bindings: 2, variables: 2, fields: 6, files: 4 });
});

test('nothing is nothing', () => {
  expect(impactOf([])).toEqual({ services: 0, bindings: 0, variables: 0, fields: 0, files: 0 });
});
