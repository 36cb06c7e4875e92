import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gitBytes } from './git.ts';

/** Puts every object of all packs into a file of its own, as small pushes leave them. */
export function unpack(repository: string): void {
  const folder = join(repository, 'objects/pack');
  const packs = readdirSync(folder).filter((name) => name.endsWith('.pack'));
  for (const pack of packs) {
    const bytes = readFileSync(join(folder, pack));
    // The index too: git sees no pack without one of the two, and unpacks nothing that it has.
    rmSync(join(folder, pack));
    rmSync(join(folder, pack.replace(/pack$/, 'idx')), { force: true });
    gitBytes(repository, ['unpack-objects', '-q'], bytes);
  }
}
