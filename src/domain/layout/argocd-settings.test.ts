import { expect, test } from 'vitest';
import { readArgoCd } from './argocd-settings.ts';

const repoURL = 'https://hub.example.com/git/shop.git';

test('all but the address of the repository has a default', () => {
  expect(readArgoCd(undefined)).toBeUndefined();
  expect(readArgoCd({ repoURL })).toEqual({
    repoURL,
    targetRevision: 'HEAD',
    project: 'default',
    namespace: 'argocd',
    namePrefix: '',
    cascade: false,
    syncPolicy: undefined,
    environments: new Map(),
  });
});

test('an environment can have a policy and a project of its own', () => {
  const manual = { automated: { prune: true } };
  const found = readArgoCd({
    repoURL,
    syncPolicy: {},
    environments: { dev: { syncPolicy: manual, project: 'dev' } },
  });
  expect(found?.environments.get('dev')).toEqual({ syncPolicy: manual, project: 'dev' });
});

test.each([
  [[], 'argocd must be a mapping'],
  [{}, 'argocd.repoURL is missing'],
  [{ repoURL: 'https://jane:secret@example.com/x' }, 'must not hold a password'],
  [{ repoURL: 1 }, 'argocd.repoURL is not a text'],
  [{ repoURL, repo: 1 }, 'unknown key repo in argocd'],
  [{ repoURL, cascade: 'yes' }, 'argocd.cascade must be true or false'],
  [{ repoURL, namespace: 'A B' }, 'argocd.namespace is not a text'],
  [{ repoURL, syncPolicy: [] }, 'argocd.syncPolicy must be a mapping'],
  [{ repoURL, environments: { dev: { sync: 1 } } }, 'unknown key sync in argocd.environments.dev'],
])('%j is refused', (value, reason) => {
  expect(() => readArgoCd(value)).toThrow(reason);
});
