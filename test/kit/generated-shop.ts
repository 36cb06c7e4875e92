import type { CommitLiteral } from './fast-import.ts';
import { type SourceStep, project, serviceText, withGenerated } from './generated-tree.ts';

const manifest = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: ghcr.io/example/${name} }] }
`;

/** A service.yaml of each binding, at a version. */
export const serviceOf = {
  api: (tag: string, replicas = 2): string =>
    serviceText(`image:
  repository: ghcr.io/example/api
  tag: ${tag}
replicas: ${replicas} # as agreed
binding: { type: manifests, source: manifests/api }
values:
  LEVEL: "{{hq.var.LEVEL}}"
`),
  web: (tag: string): string =>
    serviceText(`image:
  repository: ghcr.io/example/web
  tag: ${tag}
binding: { type: kustomize, source: bases/web }
`),
  cache: (version: string): string =>
    serviceText(`binding:
  type: helm
  repository: https://charts.example.com
  chart: redis
  version: ${version}
values:
  level: "{{hq.var.LEVEL}}"
`),
} as const;

export const fileOf = (place: string, service: keyof typeof serviceOf): string =>
  `tenants/${place}/${service}/service.yaml`;

/** What stays the same in all tests: two tenants with three services each. */
export const firstFiles: Readonly<Record<string, string>> = {
  'knowngood.yaml': project,
  'variables.yaml': 'LEVEL: info\n',
  'manifests/api/deployment.yaml': manifest('api'),
  'bases/web/deployment.yaml': manifest('web'),
  'bases/web/kustomization.yaml': 'resources: [deployment.yaml]\n',
  ...Object.fromEntries(
    ['acme/production', 'globex/production'].flatMap((place) => [
      [fileOf(place, 'api'), serviceOf.api('v1')],
      [fileOf(place, 'web'), serviceOf.web('v1')],
      [fileOf(place, 'cache'), serviceOf.cache('1.0.0')],
    ]),
  ),
};

/** These changes, one commit each, after a commit of the first files; each with its generated files. */
export const generatedHistory = (steps: readonly SourceStep[]): readonly CommitLiteral[] =>
  withGenerated([{ message: 'Begin', files: firstFiles }, ...steps]);

/** A good release and then a bad one, in acme/production. */
export const releases = [
  {
    message: 'Release 2',
    files: {
      [fileOf('acme/production', 'api')]: serviceOf.api('v2'),
      [fileOf('acme/production', 'web')]: serviceOf.web('v2'),
      [fileOf('acme/production', 'cache')]: serviceOf.cache('2.0.0'),
    },
  },
  {
    message: 'Release 3',
    files: {
      [fileOf('acme/production', 'api')]: serviceOf.api('v3', 5),
      [fileOf('acme/production', 'web')]: serviceOf.web('v3'),
      [fileOf('acme/production', 'cache')]: serviceOf.cache('3.0.0'),
    },
  },
];
