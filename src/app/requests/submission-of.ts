import type { RequestMode, RequestScope } from '../../domain/request.ts';
import type { Mode } from '../../domain/scope.ts';
import type { Submission } from '../../domain/submission.ts';

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

/** A submission whose target is still a text, with what its plan may do. */
export interface Wish {
  readonly submission: Submission;
  readonly allowDelete: boolean;
}

const scopeOf = (mode: RequestMode, parts: Partial<RequestScope> = {}): RequestScope => ({
  mode,
  where: [],
  service: undefined,
  selectedFields: [],
  includeShared: false,
  keep: [],
  ...parts,
});

export const rollbackWish = (projectId: string, wish: RollbackWish): Wish => ({
  submission: {
    projectId,
    kind: 'rollback',
    scope: scopeOf(wish.mode, {
      where: [{ tenant: wish.tenant, environment: wish.environment }],
      service: wish.service ?? undefined,
      selectedFields: wish.selectedFields ?? [],
      includeShared: wish.includeShared ?? false,
      keep: wish.keep ?? [],
    }),
    targetSha: wish.targetSha ?? undefined,
    justification: wish.justification ?? undefined,
    digest: wish.digest ?? undefined,
    resubmitOf: undefined,
  },
  allowDelete: wish.allowDelete ?? false,
});

export const undoWish = (projectId: string, { commit, justification, digest }: UndoWish): Wish => ({
  submission: {
    projectId,
    kind: 'rollback',
    scope: scopeOf('undo'),
    targetSha: commit ?? undefined,
    justification: justification ?? undefined,
    digest: digest ?? undefined,
    resubmitOf: undefined,
  },
  allowDelete: true,
});
