// npm run bench:generate: what generating costs: every service from nothing, and one that changed among all, beside
// `kubectl kustomize` of the same services in the same run. --services sets how many there are, --runs how often.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { applySources } from '../src/app/apply-sources.ts';
import { type Generator, generatorOf, regenerate } from '../src/delivery/regenerate.ts';
import { type Project, readProject } from '../src/domain/layout/project-file.ts';
import { applyEdits } from '../src/git/apply-edits.ts';
import { drive } from '../src/git/drive.ts';
import { type ObjectReader, openObjectReader } from '../src/git/object-reader.ts';
import { openRepository } from '../src/git/repository.ts';
import { writeObjects } from '../src/git/write-objects.ts';
import { importHistory } from '../test/kit/import-history.ts';
import { type Figures, figuresOf, timed } from './figures.ts';

const projectText = `apiVersion: knowngood.dev/v1
kind: Project
generator: true
argocd: { repoURL: "https://hub.example.com/git/bench" }
`;
const bases = 20;
const perTenant = 100;

const manifest = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: ghcr.io/example/${name}
          ports: [{ containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
`;

const baseOf = (index: number): string => `base-${index % bases}`;
const placeOf = (index: number): string =>
  `tenants/t${Math.floor(index / perTenant)}/production/s${index % perTenant}`;

const serviceText = (index: number, tag: string): string => `apiVersion: knowngood.dev/v1
kind: Service
image: { repository: ghcr.io/example/${baseOf(index)}, tag: ${tag} }
replicas: 3
binding: { type: manifests, source: bases/${baseOf(index)} }
values: { LOG_LEVEL: "{{hq.var.LOG_LEVEL}}", REGION: "{{hq.var.REGION}}" }
`;

function filesOf(services: number): Record<string, string> {
  const files: Record<string, string> = {
    'knowngood.yaml': projectText,
    'variables.yaml': 'LOG_LEVEL: info\nREGION: eu\n',
  };
  for (let base = 0; base < bases; base += 1)
    files[`bases/${baseOf(base)}/all.yaml`] = manifest(baseOf(base));
  for (let index = 0; index < services; index += 1)
    files[`${placeOf(index)}/service.yaml`] = serviceText(index, 'v1');
  return files;
}

interface Bench {
  readonly reader: ObjectReader;
  readonly generator: Generator;
  readonly project: Project;
  readonly tree: string;
}

/** Everything from nothing, three times; the last one is written. */
async function cold({
  reader,
  generator,
  tree,
}: Bench): Promise<{ readonly times: number[]; readonly tree: string }> {
  const times: number[] = [];
  let made = { tree, objects: [] as Awaited<ReturnType<typeof applyEdits>>['objects'] };
  for (let run = 0; run < 3; run += 1) {
    const { ms, value } = await timed(async () => {
      const edits = await drive(reader, regenerate(generator, { before: undefined, after: tree }));
      return applyEdits(reader, tree, edits);
    });
    times.push(ms);
    made = { ...value, objects: [...value.objects] };
  }
  await writeObjects(reader.repository, made.objects);
  return { times, tree: made.tree };
}

/** One service of all gets another tag: the tree that a commit would have, generated files included. */
async function oneChanged(
  { reader, project, tree }: Bench,
  services: number,
  runs: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs + 5; run += 1) {
    const index = (run * 37) % services;
    const path = `${placeOf(index)}/service.yaml`;
    const edit = { kind: 'write', path, mode: '100644', text: serviceText(index, `v${run + 2}`) } as const;
    const { ms } = await timed(() => applySources(reader, { tree, edits: [edit], project }));
    // The first few warm up the code.
    if (run >= 5) times.push(ms);
  }
  return times;
}

/** An overlay that does the same to the same base; nothing where kubectl is missing. */
function kustomized(root: string, runs: number): number[] | undefined {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const name = baseOf(run);
    const files = {
      [`bases/${name}/all.yaml`]: manifest(name),
      [`bases/${name}/kustomization.yaml`]: 'resources: [all.yaml]\n',
      [`overlay-${run}/kustomization.yaml`]: `resources: [../bases/${name}]\nimages: [{ name: ghcr.io/example/${name}, newTag: v2 }]\nreplicas: [{ name: ${name}, count: 3 }]\n`,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const started = performance.now();
    const { error, status } = spawnSync('kubectl', ['kustomize', join(root, `overlay-${run}`)]);
    if (error) return undefined;
    if (status !== 0) throw new Error('kubectl kustomize failed');
    times.push(performance.now() - started);
  }
  return times;
}

const row = (what: string, { runs, p50, p95 }: Figures): string =>
  `${what.padEnd(48)} ${p50.toFixed(1).padStart(9)} ms ${p95.toFixed(1).padStart(9)} ms  ${runs} runs\n`;

async function main(services: number, runs: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'knowngood-bench-generate-'));
  try {
    const dir = join(root, 'bench.git');
    execFileSync('git', ['init', '-q', '--bare', '--template=', dir]);
    const [commit = ''] = importHistory(dir, [{ files: filesOf(services) }], 'main');
    const tree = execFileSync('git', ['--git-dir', dir, 'rev-parse', `${commit}^{tree}`], {
      encoding: 'utf8',
    }).trim();
    const reader = openObjectReader(await openRepository(dir, { owned: true }));
    const project = readProject(projectText);
    const generator = generatorOf(project);
    if (!generator) throw new Error('the project has a generator');
    const bench: Bench = { reader, generator, project, tree };
    process.stdout.write(
      `${`${services} services`.padEnd(48)} ${'p50'.padStart(12)} ${'p95'.padStart(12)}\n`,
    );
    const all = await cold(bench);
    process.stdout.write(row('all generated from nothing', figuresOf(all.times)));
    const one = await oneChanged({ ...bench, tree: all.tree }, services, runs);
    process.stdout.write(row('one of them changed, its tree worked out', figuresOf(one)));
    const theirs = kustomized(root, Math.min(runs, 30));
    const missing = `${'kubectl kustomize, one service'.padEnd(48)} kubectl is not installed here\n`;
    process.stdout.write(theirs ? row('kubectl kustomize, one service', figuresOf(theirs)) : missing);
    await reader.close();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { services: { type: 'string' }, runs: { type: 'string' } } });
await main(Number(values.services ?? 2000), Number(values.runs ?? 200));
