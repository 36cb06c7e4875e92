import type { Wished } from '../../tree/fields/wished-value.ts';

/**
 * One change that a release asks for: a field of a service (or of the tenant-environment itself), as people type its
 * name, or the whole text of a file; a file without a text goes.
 */
export type ReleaseChange =
  | {
      readonly kind: 'field';
      readonly service: string | undefined;
      readonly field: string;
      readonly wished: Wished;
    }
  | { readonly kind: 'file'; readonly path: string; readonly text: string | undefined };

export type FieldRelease = Extract<ReleaseChange, { readonly kind: 'field' }>;
export type FileRelease = Extract<ReleaseChange, { readonly kind: 'file' }>;
