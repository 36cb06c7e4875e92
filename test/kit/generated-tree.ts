import type { CommitLiteral } from './fast-import.ts';
import { type TreeLiteral, memoryTrees } from './memory-trees.ts';
import { readProject } from '../../src/domain/layout/project-file.ts';
import type { Edit } from '../../src/tree/edit.ts';
import { type Generator, generatorOf, regenerate } from '../../src/delivery/regenerate.ts';

export const project = `apiVersion: knowngood.dev/v1
kind: Project
environments: [dev, production]
generator: true
argocd: { repoURL: "https://hub.example.com/git/shop.git", targetRevision: main }
`;

export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: ghcr.io/example/api
          env: [{ name: MODE, value: standard }]
          ports: [{ containerPort: 8080 }]
`;

/** A service.yaml with these lines below its head. */
export const serviceText = (rest: string): string => `apiVersion: knowngood.dev/v1\nkind: Service\n${rest}`;

/** One service in two tenant-environments, made from one base. */
export const smallShop: Readonly<Record<string, string>> = {
  'knowngood.yaml': project,
  'variables.yaml': 'LEVEL: info\n',
  'tenants/acme/variables.yaml': 'NAME: Acme\n',
  'bases/api/deployment.yaml': deployment,
  'bases/api/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'plain/api/deployment.yaml': deployment,
  'tenants/acme/production/environment.yaml': 'namespace: shop\ncluster: eu-1\n',
  'tenants/acme/production/api/service.yaml': serviceText(
    'image: { repository: ghcr.io/example/api, tag: v1 }\nreplicas: 2\nbinding: { type: manifests, source: plain/api }\nvalues: { LEVEL: "{{hq.var.LEVEL}}" }\n',
  ),
  'tenants/globex/production/api/service.yaml': serviceText(
    'binding: { type: kustomize, source: bases/api }\n',
  ),
};

export const generatorIn = (files: TreeLiteral): Generator => {
  const text = files['knowngood.yaml'];
  const generator = generatorOf(readProject(typeof text === 'string' ? text : project));
  if (!generator) throw new Error('the project has a generator');
  return generator;
};

/** What a tree of texts is after edits that write and delete. */
export function edited(files: TreeLiteral, edits: readonly Edit[]): Record<string, string> {
  const gone = edits.filter(({ kind }) => kind === 'delete').map(({ path }) => path);
  const kept = Object.entries(files).filter(
    ([path]) => !gone.some((one) => path === one || path.startsWith(`${one}/`)),
  );
  const written = edits.flatMap((edit) => (edit.kind === 'write' ? [[edit.path, edit.text] as const] : []));
  const texts = kept.map(([path, file]) => [path, typeof file === 'string' ? file : file.text] as const);
  return Object.fromEntries([...texts, ...written]);
}

/** The files after the generator has run; without `before` over all services, else over what differs from it. */
export function regenerated(files: TreeLiteral, before?: TreeLiteral): Record<string, string> {
  const trees = memoryTrees();
  const change = { before: before && trees.tree(before), after: trees.tree(files) };
  return edited(files, trees.run(regenerate(generatorIn(files), change)));
}

/** Only what was generated. */
export const generatedIn = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => /^(?:delivery|\.argocd)\//.test(path)));

/** A commit of source files. */
export type SourceStep = CommitLiteral & { readonly files: Readonly<Record<string, string>> };

/** The commits with the generated files of each, as the hub and its people write them. */
export function withGenerated(steps: readonly SourceStep[]): readonly CommitLiteral[] {
  let files: Record<string, string> = {};
  return steps.map((step) => {
    const before = files;
    files = regenerated({ ...before, ...step.files }, before);
    const changed = Object.entries(files).filter(([path, text]) => before[path] !== text);
    const gone = Object.keys(before).filter((path) => files[path] === undefined);
    return { ...step, files: Object.fromEntries([...changed, ...gone.map((path) => [path, null])]) };
  });
}
