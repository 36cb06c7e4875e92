import { expect, test } from 'vitest';
import { makeLayout, ownerOf } from './layout.ts';
import { readProject } from './project-file.ts';
import { layoutOptions, projectText } from './write-project.ts';

const written = {
  templates: [
    { path: '{service}/{environment}/**' },
    { path: 'a: #b/{service}/v-{environment}.yaml' },
    { path: 'out/{environment}.yaml', generated: true },
  ],
  environments: ['dev', 'no', '1e3'],
};
const paths = ['api/no/x', 'api/base/x', 'api/1e3/x', 'a: #b/api/v-dev.yaml', 'out/dev.yaml', 'out/qa.yaml'];

test('what is written reads back as the same layout', () => {
  expect(readProject(projectText(written)).layout).toEqual(
    makeLayout(written.templates, written.environments),
  );
});

test('a layout without environments or generated paths says nothing of them', () => {
  expect(projectText({ templates: [{ path: 'apps/{service}/**' }], environments: [] })).toBe(
    'apiVersion: knowngood.dev/v1\nkind: Project\nlayout:\n  - path: apps/{service}/**\n',
  );
});

test('as options the templates carry the environments themselves', () => {
  const given = makeLayout(layoutOptions(written).map((path) => ({ path })));
  const layout = makeLayout(written.templates, written.environments);
  for (const path of paths) {
    const { generated: _, ...owner } = ownerOf(layout, path) ?? { generated: false };
    expect(ownerOf(given, path) ?? {}).toMatchObject(owner);
  }
  expect(layoutOptions({ templates: [{ path: 'a/{service}/**' }], environments: [] })).toEqual([
    'a/{service}/**',
  ]);
});
