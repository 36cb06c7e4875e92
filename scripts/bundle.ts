// prepack: makes dist/, all that the published package contains. Node refuses TypeScript below node_modules, and a
// person who installs a command line should not install its libraries, so everything goes into one file.
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** The folder of the package that a bundled file came from, `node_modules/@scope/name`; undefined for our own files. */
const packageOf = (file: string): string | undefined =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** Name, version, licence and licence text of one bundled package. Without a text we must not ship it. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license: string;
  };
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
}

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/bin/cli.ts'],
  outfile: 'dist/cli.js',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  define: { BUNDLED_VERSION: JSON.stringify(manifest.version) },
  // Packages written for CommonJS call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as bundledRequire } from 'node:module';\nconst require = bundledRequire(import.meta.url);",
  },
  // Names of bundled files appear in comments: relative to here, even if node_modules is a link to somewhere else.
  preserveSymlinks: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
const bundled = new Set(
  Object.keys(metafile.inputs)
    .map(packageOf)
    .filter((folder) => folder !== undefined),
);
writeFileSync(
  join(dist, 'THIRD-PARTY.txt'),
  [...bundled]
    .toSorted()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`),
);
copyFileSync(join(root, 'scripts/published-entry.js'), join(dist, 'knowngood.js'));
chmodSync(join(dist, 'knowngood.js'), 0o755);
