import type { ArgoCdSettings } from '../domain/layout/argocd-settings.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import type { ServicePlace } from './delivery-places.ts';
import type { EnvironmentFile, ServiceBinding } from './service-file.ts';

/** What an Application is made of. */
export interface ApplicationParts {
  readonly name: string;
  readonly place: ServicePlace;
  readonly settings: ArgoCdSettings;
  readonly environment: EnvironmentFile;
  readonly binding: ServiceBinding;
  /** The generated folder. */
  readonly output: string;
}

/** The cluster that Argo CD itself runs in. */
const own = 'https://kubernetes.default.svc';

/** An Argo CD Application that brings a service to its cluster. What it does by itself is for the settings at head to say. */
export function argocdApplication(parts: ApplicationParts): FieldValue {
  const { name, place, settings, environment } = parts;
  const { tenant, environment: stage, service } = place;
  const of = settings.environments.get(stage);
  const policy = of?.syncPolicy ?? settings.syncPolicy;
  const cluster = environment.cluster ?? own;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: settings.namespace,
      annotations: {
        'knowngood.dev/tenant': tenant,
        'knowngood.dev/environment': stage,
        'knowngood.dev/service': service,
      },
      ...(settings.cascade ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {}),
    },
    spec: {
      project: of?.project ?? settings.project,
      destination: {
        ...(cluster.includes('://') ? { server: cluster } : { name: cluster }),
        namespace: environment.namespace ?? `${tenant}-${stage}`,
      },
      ...sourceOf(parts),
      ...(policy === undefined ? {} : { syncPolicy: policy }),
    },
  };
}

function sourceOf({ settings, binding, output, place }: ApplicationParts): Record<string, FieldValue> {
  const { repoURL, targetRevision } = settings;
  const here = { repoURL, targetRevision };
  if (binding.type !== 'helm') {
    const plain = binding.type === 'manifests' ? { directory: { recurse: true } } : {};
    return { source: { ...here, path: output, ...plain } };
  }
  const { chart, release } = binding;
  const helm = {
    releaseName: release ?? place.service,
    valueFiles: [`$values/${output}/values.yaml`],
  };
  const source =
    'path' in chart
      ? { ...here, path: chart.path, helm }
      : {
          // Argo CD wants registries of OCI charts without their scheme.
          repoURL: chart.repository.replace(/^oci:\/\//, ''),
          chart: chart.name,
          targetRevision: chart.version,
          helm,
        };
  return { sources: [source, { ...here, ref: 'values' }] };
}
