// prepack: makes dist/, all that the published package contains. Node refuses TypeScript below node_modules, and a
// person who installs a command line should not install its libraries, so everything goes into a few files.
import { chmodSync, copyFileSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };
import { consoleFolder, freshenConsole } from './console-sources.ts';
import { thirdPartyText } from './third-party.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/bin/cli.ts'],
  outdir: 'dist',
  bundle: true,
  // The server comes in a file of its own, so that no other command has to read it.
  splitting: true,
  chunkNames: 'part-[hash]',
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
writeFileSync(join(dist, 'THIRD-PARTY.txt'), thirdPartyText(root, Object.keys(metafile.inputs)));
await freshenConsole((line) => process.stderr.write(`${line}\n`));
cpSync(consoleFolder, join(dist, 'console'), {
  recursive: true,
  // Only what is served, and the licences of it.
  filter: (file) => !/(?:\.sources|manifest\.json)$/.test(file),
});
copyFileSync(join(root, 'scripts/published-entry.js'), join(dist, 'knowngood.js'));
chmodSync(join(dist, 'knowngood.js'), 0o755);
