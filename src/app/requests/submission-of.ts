import { type CarriedKind, carriedKinds } from '../../domain/plan/carried-kinds.ts';
import type { ReleaseChange } from '../../domain/plan/release-change.ts';
import type { FieldValue } from '../../tree/fields/change.ts';
import type { Wished } from '../../tree/fields/wished-value.ts';
import type { RequestMode, RequestScope } from '../../domain/request/request.ts';
import type { Mode } from '../../domain/plan/scope.ts';
import { type SharedChoice, sharedChoiceOf } from '../../domain/plan/shared-choice.ts';
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
  readonly shared?: SharedChoice | undefined;
  readonly keep?: readonly string[] | undefined;
  readonly hold?: readonly string[] | undefined;
  /** A service that does not exist at the target may be deleted. */
  readonly allowDelete?: boolean | undefined;
  readonly justification?: string | null | undefined;
  readonly digest?: string | null | undefined;
}

/** One field that a release sets: to a value, to what was typed, or to nothing at all. */
export interface FieldSetting {
  readonly service?: string | null | undefined;
  readonly field: string;
  readonly value?: FieldValue | undefined;
  readonly text?: string | undefined;
  readonly remove?: boolean | undefined;
}

/** A release as somebody asks for it. A file without content goes. */
export interface ReleaseWish {
  readonly tenant: string;
  readonly environment: string;
  readonly fields?: readonly FieldSetting[] | undefined;
  readonly files?: readonly { readonly path: string; readonly content: string | null }[] | undefined;
  readonly justification?: string | null | undefined;
  readonly digest?: string | null | undefined;
}

/** A promotion as somebody asks for it: all services and kinds when none is named. */
export interface PromotionInput {
  readonly tenant: string;
  readonly from: string;
  readonly to: string;
  readonly services?: readonly string[] | undefined;
  readonly carry?: readonly CarriedKind[] | undefined;
  readonly keep?: readonly string[] | undefined;
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
export function rollbackWish(projectId: string, wish: RollbackWish): Submission {
  const shared = sharedChoiceOf(wish);
  return {
    projectId,
    kind: 'rollback',
    scope: scopeOf(wish.mode, {
      where: [{ tenant: wish.tenant, environment: wish.environment }],
      service: wish.service ?? undefined,
      selectedFields: wish.selectedFields ?? [],
      includeShared: shared === 'include',
      shared,
      keep: wish.keep ?? [],
      hold: wish.hold ?? [],
      allowDelete: wish.allowDelete ?? false,
    }),
    targetSha: wish.targetSha ?? undefined,
    justification: wish.justification ?? undefined,
    digest: wish.digest ?? undefined,
    resubmitOf: undefined,
  };
}

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

function wishedOf({ value, text, remove }: FieldSetting): Wished {
  if (remove) return { kind: 'absent' };
  return text === undefined ? { kind: 'value', value: value ?? null } : { kind: 'typed', text };
}

/** What is submitted: `selectedFields` are there for people to read, `changes` are what is planned. */
export function releaseWish(projectId: string, wish: ReleaseWish): Submission {
  const { tenant, environment, fields = [], files = [], justification, digest } = wish;
  const services = new Set(fields.map(({ service }) => service ?? undefined));
  const [service] = services;
  const only = files.length === 0 && services.size === 1 ? service : undefined;
  const changes: readonly ReleaseChange[] = [
    ...fields.map((setting): ReleaseChange => ({
      kind: 'field',
      service: setting.service ?? undefined,
      field: setting.field,
      wished: wishedOf(setting),
    })),
    ...files.map(({ path, content }): ReleaseChange => ({ kind: 'file', path, text: content ?? undefined })),
  ];
  return {
    projectId,
    kind: 'release',
    scope: scopeOf(only === undefined ? 'full' : 'service', {
      where: [{ tenant, environment }],
      service: only,
      selectedFields: fields.map(({ service: of, field }) =>
        only === undefined && of ? `${of}:${field}` : field,
      ),
      changes,
    }),
    targetSha: undefined,
    justification: justification ?? undefined,
    digest: digest ?? undefined,
    resubmitOf: undefined,
  };
}

/** What is submitted: the place is the later environment. */
export function promotionWish(projectId: string, wish: PromotionInput): Submission {
  const { tenant, from, to, services = [], carry = carriedKinds, keep = [], justification, digest } = wish;
  const only = services.length === 1 ? services[0] : undefined;
  return {
    projectId,
    kind: 'promotion',
    scope: scopeOf(only === undefined ? 'full' : 'service', {
      where: [{ tenant, environment: to }],
      service: only,
      keep,
      promotion: { from, services, carry: carry.length === 0 ? carriedKinds : carry },
    }),
    targetSha: undefined,
    justification: justification ?? undefined,
    digest: digest ?? undefined,
    resubmitOf: undefined,
  };
}
