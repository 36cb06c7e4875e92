import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, type Rolldown, transformWithOxc } from 'vite';
import { nonceMark } from '../src/http/console.ts';

const web = join(import.meta.dirname, '../web');

/** Leaves out what zod would write JSON Schema with: only the server does that, and it is a tenth of zod. */
export const noJsonSchema: Plugin = {
  name: 'no-json-schema',
  enforce: 'pre',
  load(id) {
    if (!/\/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/.test(id)) return undefined;
    const names = readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm);
    return [...names].map(([, name]) => `export const ${name} = () => ({});`).join('\n');
  },
};

/** Which page each kind of address needs first; `web/early.ts` knows the addresses. */
const firstPages = {
  overview: ['overview/overview-page.tsx'],
  place: ['tenant-environment/tenant-environment-page.tsx', 'tenant-environment/long-history.tsx'],
};

/** The files of a page that those of the frame do not bring, scripts and styles. */
function filesOf(bundle: Rolldown.OutputBundle, modules: readonly string[]): readonly string[] {
  const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
  const isOf = (module: string) => (id: string | null) => id === join(web, 'pages', module);
  const reach = (names: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const { fileName, imports } of chunks.filter((chunk) => names.includes(chunk.fileName))) {
      if (seen.has(fileName)) continue;
      seen.add(fileName);
      reach(imports, seen);
    }
    return seen;
  };
  const frame = reach(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  const pages = chunks.filter(({ facadeModuleId }) => modules.some((module) => isOf(module)(facadeModuleId)));
  const scripts = reach(pages.map(({ fileName }) => fileName)).difference(frame);
  const styles = chunks
    .filter(({ fileName }) => scripts.has(fileName))
    .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
  return [...new Set([...scripts, ...styles])].map((file) => `/${file}`);
}

/** Puts `web/early.ts` into the page, with the files of the pages that people open first. */
export const earlyStart: Plugin = {
  name: 'early-start',
  transformIndexHtml: {
    order: 'post',
    handler: async (html, { bundle = {} }) => {
      const file = join(web, 'early.ts');
      const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { sourcemap: false });
      const files = Object.entries(firstPages).map(([name, modules]) => [name, filesOf(bundle, modules)]);
      const script = `{const pageFiles=${JSON.stringify(Object.fromEntries(files))};\n${code}}`;
      // Before the styles: a script behind them would wait for them.
      return html.replace(
        /<meta charset[^>]*>/,
        (meta) => `${meta}\n    <script nonce="${nonceMark}">${script}</script>`,
      );
    },
  },
};
