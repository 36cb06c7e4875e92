import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const web = join(root, 'web');

/** Where the built console lies. */
export const consoleFolder = join(web, 'dist');
/** The file in it that says what it was built from. */
export const stamp = '.sources';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(
      (file) => !/\/web\/(?:dist|\.dist-\d+)\//.test(file) && !/\.(?:test|test-kit)\.tsx?$|\.md$/.test(file),
    )
    .toSorted();

/** Changes whenever something changes that the console is built from. */
export function sourcesHash(): string {
  const rooms = ['web', 'src/std', 'src/tree', 'src/domain', 'src/contract'].map((room) => join(root, room));
  const single = ['package-lock.json', 'scripts/console-build.ts', 'scripts/console-plugins.ts'].map((file) =>
    join(root, file),
  );
  const hash = createHash('sha256');
  for (const file of [...rooms.flatMap(filesIn), ...single])
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** True when web/dist was built from what is here now. */
export function isConsoleFresh(): boolean {
  const file = join(consoleFolder, stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === sourcesHash();
}

/** Builds the console if it is not that of what is here; `say` hears of it first. Takes some seconds. */
export async function freshenConsole(say: (line: string) => void): Promise<void> {
  if (isConsoleFresh()) return;
  say('Building the console…');
  // Of its own process: most starts need no build tools, and what is built depends on NODE_ENV, which tests set.
  const program = join(root, 'scripts/console-build.ts');
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the console could not be built');
}
