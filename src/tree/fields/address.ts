/** A field address taken apart: which document, and the steps below its root as written (escapes and all). */
export interface FieldAddress {
  readonly mark: string;
  readonly steps: readonly string[];
}

export type ParsedAddress =
  | { readonly kind: 'address'; readonly address: FieldAddress }
  | { readonly kind: 'malformed'; readonly reason: string };

const escapes: readonly (readonly [string, string])[] = [
  ['~', '~0'],
  ['/', '~1'],
  ['=', '~2'],
  [']', '~3'],
  [',', '~4'],
];

/** A mapping key as a step: RFC 6901. */
export const keyStep = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Text inside brackets as a step part: RFC 6901, and `=` `]` `,` as ~2 ~3 ~4. */
export const bracketText = (text: string): string =>
  escapes.reduce((escaped, [plain, code]) => escaped.replaceAll(plain, code), text);

/** The text a step or a bracket part stands for. */
export const unescapeStep = (step: string): string =>
  step.replaceAll(/~[0-4]/g, (code) => escapes.find(([, known]) => known === code)?.[0] ?? code);

/** An address as people and programs keep it. */
export const formatAddress = ({ mark, steps }: FieldAddress): string =>
  `${mark}#${steps.map((step) => `/${step}`).join('')}`;

/** Takes an address without its file apart: `#/a/b`, `@Deployment/api#/a`, `@1#/a`. */
export function parseAddress(text: string): ParsedAddress {
  const hash = text.indexOf('#');
  if (hash < 0) return malformed('an address needs a # before its path');
  const mark = text.slice(0, hash);
  const pointer = text.slice(hash + 1);
  if (mark !== '' && !/^@(?:\d+|[^/]+(?:\/[^/]+){1,2})$/.test(mark))
    return malformed('the document is written @Kind/name or @number');
  if (pointer !== '' && !pointer.startsWith('/')) return malformed('the path behind # begins with /');
  if (/~(?![0-4])/.test(pointer)) return malformed('a ~ in a path is written ~0');
  return { kind: 'address', address: { mark, steps: pointer === '' ? [] : pointer.slice(1).split('/') } };
}

const malformed = (reason: string): ParsedAddress => ({ kind: 'malformed', reason });

/** The parts of an identity step: `[name=app]`, `[kind=Job,name=x]` or, for a scalar item, `[text]`. */
export interface IdentityStep {
  readonly fields: readonly (readonly [path: string, value: string])[];
  readonly text: string | undefined;
}

/** Reads `[…]`; undefined for a key or an index. */
export function parseIdentityStep(step: string): IdentityStep | undefined {
  if (!step.startsWith('[') || !step.endsWith(']') || step.length < 3) return undefined;
  const inner = step.slice(1, -1);
  if (!inner.includes('=')) return { fields: [], text: unescapeStep(inner) };
  const fields = inner.split(',').map((part) => {
    const [path = '', value = ''] = part.split('=', 2);
    return [unescapeStep(path), unescapeStep(value)] as const;
  });
  return { fields, text: undefined };
}
