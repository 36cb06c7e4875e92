import type { Walk } from '../../tree/object.ts';
import { Refusal } from '../refusal/refusal.ts';
import { impactOf } from './impact.ts';
import type { Plan } from './plan.ts';
import { groupByService } from './plan-parts.ts';
import type { FieldRelease, FileRelease } from './release-change.ts';
import { releaseFields } from './release-fields.ts';
import { releaseFiles } from './release-files.ts';
import type { ReleaseQuery } from './release-query.ts';
import { scopeOfPaths } from './shared-changes.ts';
import { type WrittenFile, sourcesOf } from './written-file.ts';

/**
 * Plans a release: exactly the named fields and files of one tenant-environment become as wished, every other byte
 * stays. What is so already is no change. Same query, same plan. Throws a Refusal when a name means nothing there.
 */
export function* planRelease(query: ReleaseQuery): Walk<Plan> {
  const { where, base, layout, changes } = query;
  if (changes.length === 0) throw new Refusal('release_empty');
  const fields = changes.filter((change): change is FieldRelease => change.kind === 'field');
  const files = changes.filter((change): change is FileRelease => change.kind === 'file');
  const { written: byField, refused } = yield* releaseFields(query, fields);
  const whole = yield* releaseFiles(query, files);
  refuseTwice(byField, files);
  const written = [...byField, ...whole];
  const plannedFiles = written.map(({ file }) => file);
  const services = groupByService(
    layout,
    plannedFiles,
    written.flatMap((file) => file.fields),
  );
  const only = services.length === 1 ? (services[0]?.service ?? undefined) : undefined;
  return {
    kind: 'release',
    mode: files.length === 0 ? 'field' : only === undefined ? 'full' : 'service',
    tenant: where.tenant,
    environment: where.environment,
    service: only,
    base: base.revision,
    target: undefined,
    edits: refused.length > 0 ? [] : written.map(({ edit }) => edit),
    sources: written.flatMap(sourcesOf),
    services,
    shared: yield* scopeOfPaths(
      layout,
      base.tree,
      plannedFiles.map(({ path, before, after }) => ({ path, before, after })),
    ),
    kept: [],
    hazards: [],
    refused,
    conflicts: [],
    impact: impactOf(services),
  };
}

/** A file cannot be written whole and field by field. */
function refuseTwice(byField: readonly WrittenFile[], files: readonly FileRelease[]): void {
  const both = files.find(({ path }) => byField.some(({ file }) => file.path === path));
  if (both) throw new Refusal('release_path', { path: both.path, reason: 'fields of it are named as well' });
}
