import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { consoleFolder } from '../scripts/console-sources.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** What a browser loads before a page can be used: its files, and their size together in bytes, with gzip. */
export interface FirstLoad {
  readonly files: readonly string[];
  readonly bytes: number;
}

/** The scripts of a first visit to one page of the built console, named by its source below `web`. */
export function firstLoad(page: string): FirstLoad {
  const manifest = JSON.parse(readFileSync(join(consoleFolder, 'manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const files = new Set<string>();
  const add = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the console`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  for (const name of ['index.html', page]) add(name);
  const bytes = [...files].reduce((sum, file) => sum + statSync(join(consoleFolder, `${file}.gz`)).size, 0);
  return { files: [...files], bytes };
}
