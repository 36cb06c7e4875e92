import type { Mode, Oid } from './object.ts';

/**
 * One change to apply to a tree. Paths are relative, separated by `/`. `put` places an object that the repository
 * already has (a file or a whole folder); `write` brings new content; `delete` removes a file, a link, a submodule
 * or a whole folder. Folders left empty disappear, as always in Git.
 */
export type Edit =
  | { readonly kind: 'put'; readonly path: string; readonly mode: Mode; readonly oid: Oid }
  | { readonly kind: 'write'; readonly path: string; readonly mode: Mode; readonly text: string }
  | { readonly kind: 'delete'; readonly path: string };
