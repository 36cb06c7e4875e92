import type { Request } from '../../../src/contract/request.ts';
import type { RollbackSearch } from '../rollback/route.ts';

/** The address of a new preview of what a rollback asked for; undefined for releases and promotions. */
export function draftOfRequest({
  kind,
  project,
  scope,
  targetSha,
  selectedFields,
}: Pick<Request, 'kind' | 'project' | 'scope' | 'targetSha' | 'selectedFields'>): RollbackSearch | undefined {
  const [where] = scope.where;
  if (kind !== 'rollback' || targetSha === null || !where) return undefined;
  const { mode, service, includeShared, shared } = scope;
  if (mode === 'undo') return { project, ...where, undo: targetSha };
  return {
    mode,
    project,
    ...where,
    ...(service === null ? {} : { service }),
    target: targetSha,
    ...(mode === 'field' ? { field: selectedFields } : {}),
    // Older requests say no more than whether they include.
    shared: shared ?? (includeShared ? 'include' : 'leave'),
    step: 'preview',
  };
}
