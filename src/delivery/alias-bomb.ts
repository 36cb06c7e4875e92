import { parseAllDocuments } from 'yaml';
import type { TreeTexts } from './tree-texts.ts';
import { deliveryFault } from './variable.ts';

/** How often one anchor may be repeated, through others too, before a file counts as an attack. */
export const mostAliases = 100;

/**
 * Throws delivery_invalid for a YAML file whose aliases, once written out, would be very many: a few lines can stand for
 * gigabytes in the memory of whoever reads them. What is no YAML is left to the tool that reads it.
 */
export function refuseBombs({ entries, texts }: TreeTexts, paths: Iterable<string>): void {
  for (const path of paths) {
    const text = texts.get(entries.get(path)?.oid ?? '');
    if (text === undefined || !/\.(?:ya?ml|json)$|\/Kustomization$/.test(path)) continue;
    const first = /(?:^|[\s[{,])\*[^\s*]/m.exec(text);
    if (!first || !text.includes('&') || !isBomb(text)) continue;
    const line = text.slice(0, first.index + 1).split('\n').length;
    throw deliveryFault({ file: path, line }, 'is too large once its aliases are written out');
  }
}

function isBomb(text: string): boolean {
  const parsed = parseAllDocuments(text, { uniqueKeys: false, strict: false });
  if (!Array.isArray(parsed)) return false;
  return parsed.some((document) => {
    if (document.errors.length > 0) return false;
    try {
      document.toJS({ maxAliasCount: mostAliases });
      return false;
    } catch {
      return true;
    }
  });
}
