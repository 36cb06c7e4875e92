import picocolors from 'picocolors';
import type { Terminal } from './terminal.ts';

/** Colours that mean something, or nothing at all where colours are not wanted. */
export interface Style {
  readonly removed: (text: string) => string;
  readonly added: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly warning: (text: string) => string;
}

export function styleFor(colour: boolean): Style {
  const { red, green, bold, dim, yellow } = picocolors.createColors(colour);
  return { removed: red, added: green, heading: bold, faint: dim, warning: yellow };
}

/** The style for what goes to stdout, or to stderr. */
export const outputStyle = (terminal: Terminal): Style => styleFor(terminal.colour);
export const errorStyle = (terminal: Terminal): Style => styleFor(terminal.errorColour);
