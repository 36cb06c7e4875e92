import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Terminal } from '../terminal.ts';

const LONGEST = 100_000;

/** What stdin holds to its end, without the line's end behind it. Throws `input_expected` for nothing. */
export async function readStdin({ stdin }: Terminal, what: string): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > LONGEST) throw new Refusal('text_too_long', { field: what, limit: LONGEST });
  }
  text = text.replace(/\r?\n$/, '');
  if (text === '') throw new Refusal('input_expected', { what, instead: 'stdin was empty' });
  return text;
}
