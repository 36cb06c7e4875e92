import type { EntryState } from '../../tree/diff-trees.ts';
import { type Walk, isRegularFile } from '../../tree/object.ts';
import { listPaths } from '../../tree/read-paths.ts';
import { isShared, ownerOf } from '../layout/layout.ts';
import { selectManaged } from '../layout/layout-selector.ts';
import { whyPathRefused } from '../push/tree-policy.ts';
import { Refusal } from '../refusal/refusal.ts';
import { checkScope } from './check-scope.ts';
import { readTexts } from './read-texts.ts';
import type { FileRelease } from './release-change.ts';
import type { ReleaseQuery } from './release-query.ts';
import { tenantEnvironmentName } from './scope.ts';
import { type WrittenFile, writtenFile } from './written-file.ts';

/** Works out what the whole files of a release change. Throws release_path for one that is not its own to write. */
export function* releaseFiles(
  query: ReleaseQuery,
  changes: readonly FileRelease[],
): Walk<readonly WrittenFile[]> {
  if (changes.length === 0) return [];
  const { where, base, layout, blobId } = query;
  yield* checkScope(layout, base.tree, where);
  const there = yield* listPaths(base.tree, selectManaged(layout, where));
  const paths = changes.map(({ path }) => path);
  for (const change of changes) {
    const reason = whyRefused(query, change, there) ?? whyCrossed(change.path, paths);
    if (reason !== undefined)
      throw new Refusal('release_path', { path: JSON.stringify(change.path.slice(0, 200)), reason });
  }
  const texts = yield* readTexts(paths.map((path) => there.get(path)?.oid));
  return changes.flatMap(({ path, text }) => {
    const before = there.get(path);
    const now = texts.get(before?.oid ?? '');
    const file = writtenFile({ path, before, now, text, whole: true }, blobId);
    return file ? [file] : [];
  });
}

type There = ReadonlyMap<string, EntryState>;

function whyRefused(query: ReleaseQuery, { path, text }: FileRelease, there: There): string | undefined {
  const odd = whyPathRefused(path);
  if (odd !== undefined) return odd;
  if (text !== undefined && (!text.isWellFormed() || text.includes('\0')))
    return 'the new content is no text';
  const mode = there.get(path)?.mode;
  if (mode !== undefined && !isRegularFile(mode)) return 'it is a symbolic link or submodule';
  const inTheWay = [...there.keys()].find(
    (other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
  );
  if (inTheWay !== undefined) return `${inTheWay} is in the way`;
  return whyForeign(query, path);
}

/** A release writes what its tenant-environment owns or reads. */
function whyForeign({ layout, where }: ReleaseQuery, path: string): string | undefined {
  const owner = ownerOf(layout, path);
  if (!owner) return 'it belongs to nobody by the layout of this project';
  if (owner.generated) return 'it is generated; change its sources';
  const { tenant = where.tenant, environment = where.environment } = owner;
  const own = tenant === where.tenant && environment === where.environment;
  if (own) return undefined;
  return isShared(owner)
    ? `${tenantEnvironmentName(where)} does not read it`
    : `it belongs to ${tenantEnvironmentName({ tenant, environment })}`;
}

/** A release cannot write a path twice, nor a file where it writes a folder. */
function whyCrossed(path: string, paths: readonly string[]): string | undefined {
  if (paths.indexOf(path) !== paths.lastIndexOf(path)) return 'it is named twice';
  return paths.some((other) => other.startsWith(`${path}/`))
    ? 'it is named as a file and as a folder'
    : undefined;
}
