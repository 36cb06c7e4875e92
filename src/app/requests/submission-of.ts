import type { RequestMode, RequestScope } from '../../domain/request/request.ts';
import type { Mode } from '../../domain/plan/scope.ts';
import type { Submission } from '../../domain/request/submission.ts';

/** A rollback as somebody asks for it. What is missing is answered with the page's words, after the rights. */
export interface RollbackWish {
  readonly mode: Mode;
  readonly tenant: string;
  readonly environment: string;
  readonly service?: string | null | undefined;
  readonly selectedFields?: readonly string[] | null | undefined;
  readonly targetSha?: string | null | undefined;
  readonly includeShared?: boolean | undefined;
  readonly keep?: readonly string[] | undefined;
  /** A service that does not exist at the target may be deleted. */
  readonly allowDelete?: boolean | undefined;
  readonly justification?: string | null | undefined;
  readonly digest?: string | null | undefined;
}

/** The wish to take back one commit, wherever it went. */
export interface UndoWish {
  readonly commit?: string | null | undefined;
  readonly justification?: string | null | undefined;
  readonly digest?: string | null | undefined;
}

const scopeOf = (mode: RequestMode, parts: Partial<RequestScope> = {}): RequestScope => ({
  mode,
  where: [],
  service: undefined,
  selectedFields: [],
  includeShared: false,
  keep: [],
  allowDelete: false,
  ...parts,
});

/** What is submitted; its target is still a text. */
export const rollbackWish = (projectId: string, wish: RollbackWish): Submission => ({
  projectId,
  kind: 'rollback',
  scope: scopeOf(wish.mode, {
    where: [{ tenant: wish.tenant, environment: wish.environment }],
    service: wish.service ?? undefined,
    selectedFields: wish.selectedFields ?? [],
    includeShared: wish.includeShared ?? false,
    keep: wish.keep ?? [],
    allowDelete: wish.allowDelete ?? false,
  }),
  targetSha: wish.targetSha ?? undefined,
  justification: wish.justification ?? undefined,
  digest: wish.digest ?? undefined,
  resubmitOf: undefined,
});

/** The same for an undo: to take back what added a service is to delete it. */
export const undoWish = (projectId: string, { commit, justification, digest }: UndoWish): Submission => ({
  projectId,
  kind: 'rollback',
  scope: scopeOf('undo', { allowDelete: true }),
  targetSha: commit ?? undefined,
  justification: justification ?? undefined,
  digest: digest ?? undefined,
  resubmitOf: undefined,
});
