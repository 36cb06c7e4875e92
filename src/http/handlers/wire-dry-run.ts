import type { DryRunResult } from '../../app/dry-run/dry-run-wish.ts';
import type { WireDryRun } from '../../contract/dry-run.ts';

/** What clusters would say to a plan, as it goes over the wire. No agent tells secret values. */
export const wireDryRun = ({ digest, dryRun }: DryRunResult): WireDryRun => ({
  digest,
  clusters: dryRun.clusters.map(({ objects, missing, ...cluster }) => ({
    ...cluster,
    missing: missing ?? null,
    objects: objects.map(({ fields, namespace, ...object }) => ({
      ...object,
      namespace: namespace ?? null,
      fields: [...fields],
    })),
  })),
  missing: [...dryRun.missing],
  leftOut: [...dryRun.leftOut],
});
