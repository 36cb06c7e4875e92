import { expect, test } from 'vitest';
import { regenerated, smallShop } from '../../test/kit/generated-tree.ts';
import { generatedText } from './generated-file.ts';
import { destinationIn, identitiesIn } from './object-identity.ts';

const object = (apiVersion: string, kind: string, metadata: Record<string, string>) => ({
  apiVersion,
  kind,
  metadata,
  spec: { kind: 'inner', metadata: { name: 'inner' }, text: 'kind: not\n---\nthis\n' },
});

test('each document says its group, kind, namespace and name', () => {
  const text = generatedText('a.yaml', [
    object('apps/v1', 'Deployment', { name: 'api', namespace: 'shop' }),
    object('v1', 'Service', { name: '1' }),
  ]);
  expect(identitiesIn(text)).toEqual([
    { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'api' },
    { group: '', kind: 'Service', namespace: '', name: '"1"' },
  ]);
});

test('what has no name, and what others wrote, holds none', () => {
  expect(identitiesIn(generatedText('a.yaml', [{ kind: 'Kustomization', resources: [] }]))).toEqual([]);
  expect(identitiesIn('kind: Deployment\nmetadata:\n  name: api\n')).toEqual([]);
});

test('an Application says where it goes', () => {
  const text = regenerated(smallShop)['.argocd/acme/production/api.yaml'] ?? '';
  expect(destinationIn(text)).toEqual({ cluster: 'eu-1', namespace: 'shop' });
  expect(destinationIn('')).toEqual({ cluster: '', namespace: '' });
});
