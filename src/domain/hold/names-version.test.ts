import { expect, test } from 'vitest';
import { namesVersion } from './names-version.ts';

test.each([
  'image.tag',
  'image',
  'tag',
  'images[api].newTag',
  'spec.template.spec.containers[app].image',
  'image.digest',
  'chart.version',
  'dependencies[redis].version',
  'binding.version',
  'spec.source.targetRevision',
  'resources["x.y/z"].ref',
])('%s says what runs', (field) => {
  expect(namesVersion(field)).toBe(true);
});

test.each([
  'replicas',
  'values.LOG_LEVEL',
  'version',
  'metadata.labels.version',
  'stage',
  'values["a.tagged"]',
  '',
])('%s does not', (field) => {
  expect(namesVersion(field)).toBe(false);
});
