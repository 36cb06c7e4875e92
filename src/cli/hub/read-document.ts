import { resolve } from 'node:path';
import { parse } from 'yaml';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { CommandContext } from '../program.ts';
import { readStdin } from './read-stdin.ts';

/** A file that a person named, as text; `-` is stdin. Throws `file_unreadable`. */
export async function readNamedFile({ terminal, hub }: CommandContext, name: string): Promise<string> {
  if (name === '-') return readStdin(terminal, 'a document');
  const path = resolve(terminal.cwd, name);
  const unreadable = (reason: string): Refusal => new Refusal('file_unreadable', { path, reason });
  const text = await hub.readFile(path).catch((error: unknown) => {
    throw unreadable(error instanceof Error ? error.message : String(error));
  });
  if (text === undefined) throw unreadable('there is no such file');
  return text;
}

/** One object in YAML or JSON. Throws `file_unreadable`. */
export async function readDocument(context: CommandContext, name: string): Promise<object> {
  const text = await readNamedFile(context, name);
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Refusal('file_unreadable', { path: name, reason });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal('file_unreadable', { path: name, reason: 'it has to hold one object' });
  return value;
}
