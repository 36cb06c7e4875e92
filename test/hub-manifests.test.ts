import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { serverOptions } from '../src/bin/server-options.ts';

const deploy = join(import.meta.dirname, '../deploy');
const known: readonly string[] = Object.values(serverOptions).map(({ variable }) => variable);

interface Manifest {
  readonly kind: string;
  readonly spec?: Readonly<Record<string, unknown>>;
}

const documents = parseAllDocuments(readFileSync(join(deploy, 'hub/hub.yaml'), 'utf8'));
const manifests = documents.map((document) => document.toJS() as Manifest);
const specOf = (kind: string) => manifests.find((manifest) => manifest.kind === kind)?.spec;
interface Pod {
  readonly containers: readonly {
    readonly env: readonly { readonly name: string }[];
    readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  }[];
}
const podOf = (): Pod =>
  (specOf('Deployment') as { readonly template: { readonly spec: Pod } }).template.spec;

test('the manifests are YAML that anybody reads', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
});

test('one pod at a time, without rights on its node or in its cluster', () => {
  expect(specOf('Deployment')).toMatchObject({
    replicas: 1,
    strategy: { type: 'Recreate' },
    template: {
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
            livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    },
  });
});

test('every variable is one that the server reads, in the manifests and in the image', () => {
  const [container] = podOf().containers;
  const dockerfile = readFileSync(join(deploy, 'Dockerfile'), 'utf8');
  const inImage = [...dockerfile.matchAll(/\b(KNOWNGOOD_\w+)=/g)].map(([, name]) => name ?? '');
  const set = container?.env.map(({ name }) => name) ?? [];
  expect(set.length).toBeGreaterThan(5);
  expect([...set, ...inImage].filter((name) => !known.includes(name))).toEqual([]);
});

test('the service leads to ports that the pod has, and these are the usual ones', () => {
  const ports = podOf().containers[0]?.ports ?? [];
  expect(ports.map(({ containerPort }) => containerPort)).toEqual([7420, 7421]);
  const service = specOf('Service') as { readonly ports: readonly { readonly targetPort: string }[] };
  expect(service.ports.map(({ targetPort }) => targetPort)).toEqual(ports.map(({ name }) => name));
});
