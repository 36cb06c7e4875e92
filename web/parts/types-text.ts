/** Inputs in which a letter does nothing: the focus rests there after a click, and keys mean what they do elsewhere. */
const wordless: ReadonlySet<string> = new Set(['radio', 'checkbox', 'button', 'submit', 'reset', 'range']);

/** Would a letter that is pressed there be typed, or choose something? */
export function typesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !wordless.has(target.type);
  return target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName);
}
