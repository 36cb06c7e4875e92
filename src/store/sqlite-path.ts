import { Refusal } from '../domain/refusal/refusal.ts';

/** The path in `file:PATH`. Throws `database_url` for what SQLite would read as something else than a path. */
export function sqlitePathOf(url: string): string {
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  if (path === '' || path.startsWith(':') || path.includes('?')) throw new Refusal('database_url');
  return path;
}
