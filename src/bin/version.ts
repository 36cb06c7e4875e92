import { readFileSync } from 'node:fs';

/** Put in by scripts/bundle.ts; absent in a clone. */
declare const BUNDLED_VERSION: string | undefined;

/** The version of this program: built into the published package, read from package.json in a clone. */
export function programVersion(): string {
  if (typeof BUNDLED_VERSION === 'string') return BUNDLED_VERSION;
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as { readonly version: string };
  return manifest.version;
}
