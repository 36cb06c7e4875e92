import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

/** How a benchmark repository is filled: tenants × environments × services × files per service. */
export interface Shape {
  readonly tenants: number;
  readonly environments: readonly string[];
  readonly services: number;
  readonly files: number;
}

export const filesOf = ({ tenants, environments, services, files }: Shape): number =>
  tenants * environments.length * services * files;

const shapes: readonly Shape[] = [
  { tenants: 20, environments: ['staging', 'production'], services: 50, files: 5 },
  { tenants: 40, environments: ['dev', 'staging', 'production'], services: 200, files: 5 },
  { tenants: 100, environments: ['dev', 'test', 'staging', 'production'], services: 500, files: 5 },
];

/** The shape with this many files: 10,000, 120,000 or 1,000,000. */
export function shapeOf(files: number): Shape {
  const found = shapes.find((shape) => filesOf(shape) === files);
  if (!found) throw new Error(`sizes are ${shapes.map(filesOf).join(', ')}`);
  return found;
}

export const tenantName = (index: number): string => `tenant-${index}`;
export const serviceName = (index: number): string => `service-${index}`;

const serviceFile = (service: string, place: string, tag: string): string => `apiVersion: knowngood.dev/v1
kind: Service
image: { repository: ghcr.io/example/${service}, tag: ${tag} }
replicas: 3
binding: { type: manifests, source: bases/${service} }
values:
  LOG_LEVEL: info
  PLACE: ${place}
`;

const otherFile = (service: string, index: number): string => `# ${service}, part ${index}
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${service}-${index}
data:
  key: "${service}-${index}"
`;

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
const head = (message: string, at: number): string =>
  `commit refs/heads/main\ncommitter Bench <bench@example.com> ${at} +0000\n${data(message)}`;

/** How many services a release changes, in production and in the first environment. */
export const CHANGED_SERVICES = 5;

function* stream(shape: Shape): Generator<string> {
  const start = 1_700_000_000;
  yield head('Everything', start);
  for (let tenant = 0; tenant < shape.tenants; tenant += 1) {
    for (const environment of shape.environments) {
      for (let index = 0; index < shape.services; index += 1) {
        const place = `${tenantName(tenant)}/${environment}`;
        const folder = `tenants/${place}/${serviceName(index)}`;
        yield `M 100644 inline ${folder}/service.yaml\n${data(serviceFile(serviceName(index), place, 'v1.0.0'))}`;
        for (let file = 1; file < shape.files; file += 1) {
          yield `M 100644 inline ${folder}/part-${file}.yaml\n${data(otherFile(serviceName(index), file))}`;
        }
      }
    }
  }
  // A later release of every tenant, so that each can be rolled back once with trees that do not exist yet.
  for (let tenant = 0; tenant < shape.tenants; tenant += 1) {
    yield head(`Release to ${tenantName(tenant)}`, start + 60 * (tenant + 1));
    for (const environment of ['production', shape.environments[0] ?? '']) {
      for (let index = 0; index < CHANGED_SERVICES; index += 1) {
        const place = `${tenantName(tenant)}/${environment}`;
        const path = `tenants/${place}/${serviceName(index)}/service.yaml`;
        yield `M 100644 inline ${path}\n${data(serviceFile(serviceName(index), place, `v1.${tenant + 1}.0`))}`;
      }
    }
  }
}

/** Makes a bare repository of this shape with `git fast-import`, packed as a clone would have it. */
export async function makeBenchRepository(dir: string, shape: Shape): Promise<void> {
  mkdirSync(dir, { recursive: true });
  execFileSync('git', ['init', '-q', '--bare', '--initial-branch=main', dir]);
  await fillBenchRepository(dir, shape);
}

/** The same in a bare repository that is there, and empty. */
export async function fillBenchRepository(dir: string, shape: Shape): Promise<void> {
  const child = spawn('git', ['--git-dir', dir, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  for (const piece of stream(shape)) if (!child.stdin.write(piece)) await once(child.stdin, 'drain');
  child.stdin.end();
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error('git fast-import failed');
}
