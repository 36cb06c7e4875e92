/** What somebody wants who presses keys outside of a field. */
export type KeyWish =
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' }
  | { readonly kind: 'search' }
  | { readonly kind: 'go'; readonly key: string };

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The wish behind a key, given the key before it, if that was pressed just now. `typing`: the focus is in a field,
 * where all but the palette is text.
 */
export function keyWish(
  pressed: PressedKey,
  before: string | undefined,
  typing: boolean,
): KeyWish | undefined {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return { kind: 'palette' };
  if (typing || ctrlKey || metaKey || altKey) return undefined;
  if (before === 'g') return { kind: 'go', key };
  if (key === '?') return { kind: 'help' };
  if (key === '/') return { kind: 'search' };
  return undefined;
}
