import { Refusal } from '../refusal/refusal.ts';

/** The three things a path can say about itself. */
export const placeholderNames = ['tenant', 'environment', 'service'] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

/** The values that a path gives to the placeholders of its template. */
export type Bindings = { readonly [name in PlaceholderName]?: string | undefined };

interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}

interface Placeholder {
  readonly kind: 'placeholder';
  readonly name: PlaceholderName;
  readonly prefix: string;
  readonly suffix: string;
  /** The only values it takes; absent when it takes any. */
  readonly values: readonly string[] | undefined;
}

export type Segment = Literal | Placeholder;

/** A parsed path template. With `rest` it names everything below a folder, without it exactly one file. */
export interface Template {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly rest: boolean;
  readonly generated: boolean;
}

const placeholder = /^([^{}]*)\{(\w+)(?::([^{}]*))?\}([^{}]*)$/;

function parseSegment(source: string, text: string): Segment {
  const refuse = (reason: string) => new Refusal('layout_invalid', { template: source, reason });
  if (!/[{}]/.test(text)) {
    if (text === '.' || text === '..') throw refuse(`"${text}" is not allowed in a path`);
    if (text.includes('*'))
      throw refuse('"*" is only allowed as a final "**"; use {tenant}, {environment} or {service}');
    return { kind: 'literal', text };
  }
  const match = placeholder.exec(text);
  if (!match) throw refuse(`"${text}" may hold one placeholder, such as {tenant}`);
  const [, prefix = '', name = '', constraint, suffix = ''] = match;
  const known = placeholderNames.find((candidate) => candidate === name);
  if (!known) throw refuse(`{${name}} is not known; use {tenant}, {environment} or {service}`);
  const values = constraint?.split('|');
  if (values?.some((value) => value === '')) throw refuse(`{${name}:…} has an empty value`);
  return { kind: 'placeholder', name: known, prefix, suffix, values };
}

/** Reads one template, such as `tenants/{tenant}/{environment:dev|production}/{service}/**`. Throws layout_invalid. */
export function parseTemplate(source: string, options: { readonly generated?: boolean } = {}): Template {
  const refuse = (reason: string) => new Refusal('layout_invalid', { template: source, reason });
  if (source.length > 1024) throw refuse('longer than 1,024 characters');
  if (source.startsWith('/')) throw refuse('must be relative to the root of the repository');
  const parts = source.replace(/\/$/, '/**').split('/');
  const rest = parts.at(-1) === '**';
  if (rest) parts.pop();
  if (parts.length === 0) throw refuse('matches every path; name a folder');
  if (parts.includes('')) throw refuse('has an empty path segment');
  return {
    source,
    segments: parts.map((part) => parseSegment(source, part)),
    rest,
    generated: options.generated ?? false,
  };
}

/** The value a segment gives its placeholder; '' for a literal that fits; undefined when it does not fit. */
function valueOf(segment: Segment, text: string): string | undefined {
  if (segment.kind === 'literal') return segment.text === text ? '' : undefined;
  const { prefix, suffix, values } = segment;
  if (text.length <= prefix.length + suffix.length) return undefined;
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return undefined;
  const value = text.slice(prefix.length, text.length - suffix.length);
  return values && !values.includes(value) ? undefined : value;
}

/**
 * Matches the leading segments that template and path have in common. `undefined` when they disagree; a placeholder
 * that stands twice must have one value.
 */
export function matchPrefix(template: Template, parts: readonly string[]): Bindings | undefined {
  const bindings: { [name in PlaceholderName]?: string | undefined } = {};
  for (const [index, segment] of template.segments.entries()) {
    const part = parts[index];
    if (part === undefined) break;
    const value = valueOf(segment, part);
    if (value === undefined) return undefined;
    if (segment.kind === 'literal') continue;
    if (bindings[segment.name] !== undefined && bindings[segment.name] !== value) return undefined;
    bindings[segment.name] = value;
  }
  return bindings;
}

/** The bindings of a file's path, or undefined when the template is not about it. */
export function matchPath(template: Template, parts: readonly string[]): Bindings | undefined {
  const { length } = template.segments;
  const fits = template.rest ? parts.length > length : parts.length === length;
  return fits ? matchPrefix(template, parts) : undefined;
}

function rank(segment: Segment | undefined): number {
  if (!segment) return 0; // below `**`
  if (segment.kind === 'literal') return 4;
  if (segment.values) return 3;
  return segment.prefix || segment.suffix ? 2 : 1;
}

/**
 * Orders templates, most specific first: segment by segment from the left, literal before constrained before
 * free placeholder before `**`. Zero for templates of equal shape; the layout's order decides then.
 */
export function bySpecificity(a: Template, b: Template): number {
  const length = Math.max(a.segments.length, b.segments.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(b.segments[index]) - rank(a.segments[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const hasPlaceholder = (template: Template, name: PlaceholderName): boolean =>
  template.segments.some((segment) => segment.kind === 'placeholder' && segment.name === name);
