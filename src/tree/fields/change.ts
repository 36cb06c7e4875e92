/** A value as JSON would have it; `undefined` in a change means that the field is absent on that side. */
export type FieldValue =
  string | number | boolean | null | readonly FieldValue[] | { readonly [key: string]: FieldValue };

/**
 * One field that differs between two texts of a file.
 * `address` is the canonical address inside the file, from its document mark or `#` on:
 * `#/image/tag`, `@Deployment/api#/spec/template/spec/containers/[name=app]/image`, `@1#/a~1b`.
 * `short` is the form people type: `image.tag`, `containers[app].image`, `a["x.y/z"]`.
 * `secret` is true when the value must not be shown (data of a Kubernetes Secret, SOPS-encrypted values).
 */
export interface FieldChange {
  readonly address: string;
  readonly short: string;
  readonly before: FieldValue | undefined;
  readonly after: FieldValue | undefined;
  readonly secret: boolean;
}

/** Either the fields that differ, or why the file can only be restored whole. */
export type FieldChanges =
  | { readonly kind: 'fields'; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'opaque'; readonly reason: string };

export interface FieldRefusal {
  readonly address: string;
  readonly reason: string;
}

/** Either the new text, verified, or every address that could not be edited with its reason. */
export type SpliceResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusals: readonly FieldRefusal[] };
