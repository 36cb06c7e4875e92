// Program: the console as the hub serves it: built by Vite into web/dist, with compressed twins and the licences of what is in it.
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, build } from 'vite';
import { nonceMark } from '../src/http/console.ts';
import { earlyStart, noJsonSchema } from './console-plugins.ts';
import { consoleFolder, isConsoleFresh, sourcesHash, stamp } from './console-sources.ts';
import { thirdPartyText } from './third-party.ts';

const root = join(import.meta.dirname, '..');
const web = join(root, 'web');

/** Writes the licences of every package that ended up in a chunk. */
const licences: Plugin = {
  name: 'licences',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
    const source = thirdPartyText(
      root,
      modules.map((id) => relative(root, id.replace(/^\0/, ''))),
    );
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source });
  },
};

/** Compresses once, at the highest level, what would otherwise be compressed for every browser. */
function compress(folder: string): void {
  for (const name of readdirSync(join(folder, 'assets'))) {
    const file = join(folder, 'assets', name);
    const body = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(body));
    writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
  }
}

/** Puts the new folder in place of the old one. Whoever builds at the same time builds the same: one of them wins. */
function putInPlace(folder: string): void {
  const old = `${folder}.old`;
  try {
    if (existsSync(consoleFolder)) renameSync(consoleFolder, old);
    renameSync(folder, consoleFolder);
  } catch (error) {
    if (!isConsoleFresh()) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

/** Few files: each costs a browser more than its bytes. The frame is one, and so is what most pages share. */
const codeSplitting = {
  groups: [
    { name: 'frame', tags: ['$initial' as const], priority: 1 },
    { name: 'parts', minShareCount: 5, entriesAware: true, entriesAwareMergeThreshold: 20_000 },
  ],
};

/** Short: what is shared would be named by all pages that share it. */
const fileNames = (name: string | undefined): string =>
  name?.startsWith('parts') === true ? 'assets/parts-[hash]' : 'assets/[name]-[hash]';

async function bundle(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: web,
    logLevel: 'warn',
    plugins: [react(), noJsonSchema, earlyStart, licences],
    html: { cspNonce: nonceMark },
    build: {
      outDir: folder,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
      manifest: 'manifest.json',
      rolldownOptions: {
        output: {
          codeSplitting,
          chunkFileNames: ({ name }) => `${fileNames(name)}.js`,
          assetFileNames: ({ names: [name] }) => `${fileNames(name)}[extname]`,
        },
      },
    },
  });
}

// The folder appears whole or not at all.
const sources = sourcesHash();
const folder = join(web, `.dist-${process.pid}`);
try {
  await bundle(folder);
  compress(folder);
  writeFileSync(join(folder, stamp), sources);
  putInPlace(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
