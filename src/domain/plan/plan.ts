import type { EntryState } from '../../tree/diff-trees.ts';
import type { Edit } from '../../tree/edit.ts';
import type { FieldValue } from '../../tree/fields/change.ts';
import type { Pin } from '../pin/pin.ts';
import type { Mode, Revision, TenantEnvironment } from './scope.ts';

export type FileChangeKind = 'added' | 'modified' | 'deleted' | 'mode';

/** What happens to one path: `added` brings a file back, `deleted` removes one the target did not have. */
export interface PlannedFile {
  readonly path: string;
  readonly change: FileChangeKind;
  readonly before: EntryState | undefined;
  /** What the target has there. An edit may write something else: chosen fields, or all but the kept ones. */
  readonly after: EntryState | undefined;
}

/** One field that gets another value. `before` is the present value, `after` the one it goes back to. */
export interface PlannedField {
  readonly file: string;
  /** Full address: file, document mark, `#`, steps. */
  readonly address: string;
  /** The short form people type and read. */
  readonly field: string;
  readonly before: FieldValue | undefined;
  readonly after: FieldValue | undefined;
  /** The values must not be shown. */
  readonly secret: boolean;
}

/** The share of a plan that belongs to one service, or to the tenant-environment itself (`service: null`). */
export interface ServiceChange {
  readonly service: string | null;
  readonly files: readonly PlannedFile[];
  readonly fields: readonly PlannedField[];
}

/** A changed path between target and head that several tenant-environments read. */
export interface SharedChange {
  readonly path: string;
  readonly change: FileChangeKind;
  readonly reaches: readonly TenantEnvironment[];
  /** True when the plan restores it too. */
  readonly included: boolean;
}

/**
 * One decision that the digest binds, apart from how it is carried out: a whole path with its content before and
 * after (`kept` names the fields left as they are), or one field with its values.
 */
export type SourceEdit =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly before: EntryState | undefined;
      readonly after: EntryState | undefined;
      readonly kept: readonly string[];
    }
  | {
      readonly kind: 'field';
      readonly address: string;
      readonly before: FieldValue | undefined;
      readonly after: FieldValue | undefined;
    };

/** Something held back, by a `keep` pattern or by the rule of promotions: a whole file, or one field of it. */
export interface Kept {
  readonly path: string;
  readonly address: string | undefined;
  readonly pattern: string | undefined;
  /** Promotions say why. */
  readonly reason?: string | undefined;
}

export type HazardCode =
  | 'service_absent_at_target'
  | 'link_or_submodule'
  | 'not_regenerated'
  | 'new_in_environment'
  | 'object_goes_away'
  | 'object_collides'
  | 'object_invalid'
  | 'field_immutable'
  | 'volume_shrinks'
  | 'definition_changes'
  | 'replicas_scaled'
  | 'secret_comes_back'
  | 'values_not_in_git'
  | 'hook_goes_back'
  | 'irreversible_commit'
  | 'image_missing'
  | 'image_unknown'
  | 'image_held'
  | 'chart_missing'
  | 'chart_unknown'
  | 'not_pinned';

/** Something a person should know before saying yes; a `blocking` one must be allowed by name first. */
export interface Hazard {
  readonly code: HazardCode;
  readonly message: string;
  readonly blocking: boolean;
  readonly paths: readonly string[];
}

/** A field or file that could not be edited as asked, with the reason in plain words. */
export interface RefusedEdit {
  readonly address: string;
  readonly reason: string;
}

export interface Impact {
  readonly services: number;
  readonly bindings: number;
  readonly variables: number;
  readonly fields: number;
  readonly files: number;
}

export type PlanKind = 'rollback' | 'undo' | 'release' | 'promotion';

/**
 * What a rollback, an undo, a release or a promotion would do, complete and frozen: the preview shows it, the digest binds it, the
 * writer applies `edits` and nothing else. `refused` holds chosen fields that cannot be edited (then `edits` is empty)
 * and, for an undo, what changed again since and therefore stays (`conflicts`).
 */
export interface Plan {
  readonly kind: PlanKind;
  readonly mode: Mode;
  /** Absent for an undo, which goes wherever the commit went. */
  readonly tenant: string | undefined;
  readonly environment: string | undefined;
  /** Promotion: the environment that things come from. */
  readonly from?: string | undefined;
  readonly service: string | undefined;
  readonly base: Revision;
  /** Rollback: the revision to go back to. Undo: the commit that is undone. Others go back to nothing. */
  readonly target: Revision | undefined;
  readonly edits: readonly Edit[];
  readonly sources: readonly SourceEdit[];
  readonly services: readonly ServiceChange[];
  readonly shared: readonly SharedChange[];
  /** Of a rollback: shared values that it keeps for its own scope; absent where it has none. */
  readonly pins?: readonly Pin[];
  readonly kept: readonly Kept[];
  readonly hazards: readonly Hazard[];
  readonly refused: readonly RefusedEdit[];
  readonly conflicts: readonly RefusedEdit[];
  readonly impact: Impact;
  /** Of one tenant-environment, where files are generated: how many of those of others change. Found with the hazards. */
  readonly generatedOutside?: number | undefined;
}
