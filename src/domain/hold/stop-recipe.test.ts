import { expect, test } from 'vitest';
import { stopRecipe } from './stop-recipe.ts';

const hold = { file: 'apps/web/values.yaml', field: 'image.tag', value: 'v2.1.0' };

test('Argo CD Image Updater is told to ignore the tag', () => {
  expect(stopRecipe('argocd-image-updater', hold)).toMatchObject({
    bot: 'argocd-image-updater',
    lines: ['argocd-image-updater.argoproj.io/ALIAS.ignore-tags: "v2.1.0"'],
  });
  expect(stopRecipe('argocd-image-updater', { ...hold, value: 'ghcr.io/acme/web:v2' })?.lines[0]).toContain(
    '"v2"',
  );
});

test('Flux is suspended, or loses its mark', () => {
  const recipe = stopRecipe('fluxcdbot', hold);
  expect(recipe).toMatchObject({ bot: 'flux', lines: ['spec:', '  suspend: true'] });
  expect(recipe?.where).toContain('take the $imagepolicy comment off image.tag there');
});

test('Renovate allows all versions but this one, in this file', () => {
  const recipe = stopRecipe('renovate[bot]', hold);
  expect(JSON.parse(recipe?.lines.join('\n') ?? '')).toEqual({
    packageRules: [{ matchFileNames: ['apps/web/values.yaml'], allowedVersions: String.raw`!/^v2\.1\.0$/` }],
  });
});

test('people and other bots have none', () => {
  for (const author of ['jane', 'release-bot', 'github-actions[bot]', ''])
    expect(stopRecipe(author, hold)).toBeUndefined();
});
