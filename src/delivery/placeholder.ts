import type { VariableScope } from './variable.ts';

/** A `{{hq.var.KEY}}` in a text; `scope` is set where the placeholder names one (`{{hq.var.tenant.KEY}}`). */
export interface Placeholder {
  readonly key: string;
  readonly scope: VariableScope | undefined;
  /** As it is written. */
  readonly source: string;
}

/** A text cut up at its placeholders. */
export type TextPart = string | Placeholder;

const scopeWords: Readonly<Record<string, VariableScope>> = {
  svc: 'service',
  tenant: 'tenant',
  env: 'environment',
  repo: 'repository',
};

export const keyPattern = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;

const opening = /\{\{\s*hq\b/;
const wellFormed = /\{\{\s*hq\.var\.(?:(svc|tenant|env|repo)\.)?([A-Za-z_][A-Za-z0-9_-]{0,127})\s*\}\}/g;

/**
 * Cuts a text at its placeholders. What begins like one and is none is told apart as `malformed`, with the place where
 * it begins; templates of others (`{{ .Values.x }}`) are text.
 */
export function readPlaceholders(text: string): {
  readonly parts: readonly TextPart[];
  readonly malformed: string | undefined;
} {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(wellFormed)) {
    const [source, word, key = ''] = found;
    if (found.index > end) parts.push(text.slice(end, found.index));
    parts.push({ key, scope: word === undefined ? undefined : scopeWords[word], source });
    end = found.index + source.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  const odd = parts.find((part) => typeof part === 'string' && opening.test(part));
  const malformed = typeof odd === 'string' ? odd.slice(odd.search(opening)).slice(0, 60) : undefined;
  return { parts, malformed };
}

/** The variables that a text asks for without naming a scope. */
export const placeholderKeys = (text: string): readonly string[] =>
  readPlaceholders(text).parts.flatMap((part) =>
    typeof part === 'string' || part.scope !== undefined ? [] : [part.key],
  );
