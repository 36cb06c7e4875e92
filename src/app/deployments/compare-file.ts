import type { Actor } from '../../domain/people/actor.ts';
import { holdsSecret } from '../../domain/diff/holds-secret.ts';
import { ownerOf } from '../../domain/layout/layout.ts';
import type { PlannedFile } from '../../domain/plan/plan.ts';
import { plannedFile } from '../../domain/plan/plan-parts.ts';
import { readTexts } from '../../domain/plan/read-texts.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { tenantEnvironmentName } from '../../domain/plan/scope.ts';
import { drive } from '../../git/drive.ts';
import { isRegularFile } from '../../tree/object.ts';
import { readPaths } from '../../tree/read-paths.ts';
import type { Hub } from '../hub.ts';
import { type ComparisonQuery, type OpenComparison, openComparison } from './open-comparison.ts';

/** One file at two revisions. A text is absent where there is no file; both are, when `opaque` says why. */
export interface FileComparison {
  readonly file: PlannedFile;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly opaque: string | undefined;
}

/** Both texts of one file of a tenant-environment, or of one that it reads. Throws `path_outside` for any other. */
export const compareFile = (
  hub: Hub,
  actor: Actor,
  query: ComparisonQuery & { readonly path: string },
): Promise<FileComparison> =>
  openComparison(hub, { actor, verb: 'read' }, query, async (open) => {
    const { at, layout, from, to } = open;
    const { path, tenant, environment } = query;
    const owner = ownerOf(layout, path);
    const reads =
      owner !== undefined &&
      (owner.tenant ?? tenant) === tenant &&
      (owner.environment ?? environment) === environment;
    const reason = `it does not belong to ${tenantEnvironmentName({ tenant, environment })}`;
    if (!reads) throw new Refusal('path_outside', { path, reason });
    const [before, after] = [
      (await drive(at.reader, readPaths(from.tree, [path]))).get(path),
      (await drive(at.reader, readPaths(to.tree, [path]))).get(path),
    ];
    if (!before && !after) throw new Refusal('path_outside', { path, reason: 'it is at neither revision' });
    return readBoth(open, { path, before, after });
  });

async function readBoth(
  { at }: OpenComparison,
  change: Parameters<typeof plannedFile>[0],
): Promise<FileComparison> {
  const { before, after } = change;
  const texts = await drive(at.reader, readTexts([before?.oid, after?.oid]));
  const [from, to] = [texts.get(before?.oid ?? ''), texts.get(after?.oid ?? '')];
  const file = plannedFile(change);
  const sides = [
    { state: before, text: from },
    { state: after, text: to },
  ];
  const whole = sides.some(
    ({ state, text }) => state !== undefined && (text === undefined || !isRegularFile(state.mode)),
  );
  if (whole) return { file, from: undefined, to: undefined, opaque: 'it is binary, too large, or a link' };
  if ([from, to].some((text) => text !== undefined && holdsSecret(text)))
    return { file, from: undefined, to: undefined, opaque: 'it holds a secret' };
  return { file, from, to, opaque: undefined };
}
