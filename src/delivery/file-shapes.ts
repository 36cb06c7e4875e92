import type { MappingShape, Shape } from './shape.ts';

const apiVersion: Shape = { kind: 'text', about: 'The format of this file.', only: ['knowngood.dev/v1'] };

const folder: Shape = {
  kind: 'text',
  about: 'A folder of this repository, from its root; from the folder of the service when it begins with ./',
};
const workload: Shape = {
  kind: 'text',
  about:
    'The name of the Deployment or the like that replicas and values are for; by itself the only one, or the one named as the service.',
};

const manifests: MappingShape = {
  kind: 'mapping',
  about: 'The YAML manifests of a folder, with image, replicas, resources, values and patches applied.',
  keys: {
    type: { kind: 'text', about: 'How the service becomes manifests.', only: ['manifests'] },
    source: folder,
    workload,
  },
  required: ['type', 'source'],
};

const kustomize: MappingShape = {
  kind: 'mapping',
  about: 'A kustomization that builds on a folder with one; Argo CD renders it.',
  keys: {
    type: { kind: 'text', about: 'How the service becomes manifests.', only: ['kustomize'] },
    source: folder,
    workload,
  },
  required: ['type', 'source'],
};

const helm: MappingShape = {
  kind: 'mapping',
  about: 'A Helm chart with values; Argo CD renders it. Either repository, chart and version, or source.',
  keys: {
    type: { kind: 'text', about: 'How the service becomes manifests.', only: ['helm'] },
    repository: {
      kind: 'text',
      about: 'Where the chart is published: https://… or oci://…',
      pattern: String.raw`^(?:https|oci)://[^\s@]+$`,
      looks: 'must be an address such as https://… or oci://…, without a password in it',
    },
    chart: {
      kind: 'text',
      about: 'The name of the chart there.',
      pattern: String.raw`^[A-Za-z0-9][A-Za-z0-9._/-]*$`,
      looks: 'is no name of a chart',
    },
    version: {
      kind: 'text',
      about: 'The one version of the chart; a range would change what runs without a commit.',
      pattern: String.raw`^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$`,
      looks: 'is not one version, such as 1.2.3; ranges are not pinned',
    },
    source: { ...folder, about: 'A folder of this repository that holds a chart.' },
    release: {
      kind: 'text',
      about: 'The name of the Helm release; the name of the service unless told.',
      pattern: '^[a-z0-9](?:[-a-z0-9]{0,51}[a-z0-9])?$',
      looks: 'must have up to 53 small letters, digits and hyphens',
    },
    values: {
      kind: 'list',
      about: 'Files of values, the later the stronger; the values of the service are the strongest.',
      items: { kind: 'text', about: 'A YAML file of this repository.' },
    },
  },
  required: ['type'],
};

/** What a service.yaml may hold. */
export const serviceShape: MappingShape = {
  kind: 'mapping',
  about: 'A service of a tenant-environment, for Knowngood to generate manifests from.',
  keys: {
    apiVersion,
    kind: { kind: 'text', about: 'What this file is.', only: ['Service'] },
    image: {
      kind: 'mapping',
      about: 'The image that the service runs.',
      keys: {
        name: {
          kind: 'text',
          about: 'The image as the source names it, without a tag; the repository unless told.',
        },
        repository: { kind: 'text', about: 'Where the image is, without a tag.' },
        tag: {
          kind: 'text',
          about: 'The tag of the image.',
          pattern: String.raw`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`,
          looks: 'is no tag of an image',
        },
        digest: {
          kind: 'text',
          about: 'The digest of the image; it counts more than the tag.',
          pattern: '^sha256:[0-9a-f]{64}$',
          looks: 'is no digest such as sha256:… with 64 digits',
        },
      },
      required: ['repository'],
    },
    replicas: { kind: 'integer', about: 'How many of it run.', least: 0, most: 10_000 },
    resources: { kind: 'free', about: 'Requests and limits, as a container has them.' },
    binding: {
      kind: 'choice',
      about: 'How the service becomes manifests.',
      by: 'type',
      of: { manifests, kustomize, helm },
    },
    values: {
      kind: 'free',
      about: 'Environment variables of the container (manifests), a ConfigMap (kustomize), or values (helm).',
    },
    patches: {
      kind: 'list',
      about: 'Strategic merge patches beside this file, applied in this order.',
      items: { kind: 'text', about: 'A YAML file, from the folder of the service.' },
    },
  },
  required: ['apiVersion', 'kind', 'binding'],
};

/** What an environment.yaml may hold. */
export const environmentShape: MappingShape = {
  kind: 'mapping',
  about: 'Where a tenant-environment runs.',
  keys: {
    apiVersion,
    kind: { kind: 'text', about: 'What this file is.', only: ['Environment'] },
    namespace: {
      kind: 'text',
      about: 'The namespace of its services; TENANT-ENVIRONMENT unless told.',
      pattern: '^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$',
      looks: 'must have up to 63 small letters, digits and hyphens',
    },
    cluster: {
      kind: 'text',
      about: 'The cluster, by its name in Argo CD or by its https address; the one of Argo CD unless told.',
      pattern: String.raw`^[^\s@]+$`,
      looks: 'must be a name or an https address',
    },
  },
  required: [],
};
