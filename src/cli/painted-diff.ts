import { type DiffLine, type DiffedFile, unifiedDiff } from '../domain/diff/unified-diff.ts';
import type { Style } from './style.ts';

/** One line of a diff in its colour. */
export function painted({ kind, text }: DiffLine, style: Style): string {
  if (kind === 'same') return text;
  return style[kind === 'place' ? 'faint' : kind](text);
}

/** A unified diff for a terminal, in colours that mean something. */
export const paintedDiff = (files: readonly DiffedFile[], style: Style): string =>
  unifiedDiff(files)
    .map((line) => `${painted(line, style)}\n`)
    .join('');
