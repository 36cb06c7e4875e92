import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ConsoleFile, ConsoleFiles } from '../http/console.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Put in by scripts/bundle.ts; absent in a clone. */
declare const BUNDLED_VERSION: string | undefined;

const folder = join(import.meta.dirname, typeof BUNDLED_VERSION === 'string' ? 'console' : '../../web/dist');

/** The built console, read once into memory; undefined in a clone where nobody has built it. */
export function readConsole(): ConsoleFiles | undefined {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return undefined;
  const names = new Set(readdirSync(join(folder, 'assets')));
  const read = (name: string): Buffer => readFileSync(join(folder, 'assets', name));
  const twin = (name: string): Buffer | undefined => (names.has(name) ? read(name) : undefined);
  const files = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const compressed = { brotli: twin(`${name}.br`), gzip: twin(`${name}.gz`) };
    files.set(`/assets/${name}`, { type, body: read(name), ...compressed });
  }
  return { page: readFileSync(page, 'utf8'), files };
}
