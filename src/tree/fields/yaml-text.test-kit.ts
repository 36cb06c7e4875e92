import fc from 'fast-check';

/** A value as YAML and JSON have it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

const words = fc.constantFrom<Value>(
  'a',
  'x y',
  'NO',
  '0644',
  '12:30',
  '',
  'a: b',
  '- z',
  '# no',
  "it's",
  'say "x"',
  'é😀',
  'x,y',
  '[q]',
  'line1\nline2',
  'l1\nl2\n',
  ' lead',
  'trail ',
  'multi\n\n  deep\nend\n\n',
  '1.10',
  '9007199254740993',
  'https://g.io/o/r?ref=v1',
  'quay.io/a/b:v2',
  '--x=1',
  'K=1',
  '<<',
  '*s',
  '&t',
  '!u',
  '~',
  1,
  2,
  3.5,
  true,
  false,
  null,
);
const keys = fc.constantFrom(
  'a',
  'b',
  'c',
  'name',
  'x.y/z',
  '1',
  'a b',
  '__proto__',
  'constructor',
  '~t',
  '[k]',
  'spec',
);

const { tree } = fc.letrec<{ tree: Value; named: Value }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.dictionary(keys, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
    fc.array(tie('tree'), { maxLength: 4 }),
    tie('named'),
  ),
  named: fc.uniqueArray(fc.record({ name: fc.constantFrom('n1', 'n2', 'n3', 'n4'), a: tie('tree') }), {
    maxLength: 4,
    selector: ({ name }) => name,
  }),
}));

const mapping = fc.record({ root: tree, extra: tree, last: words });

/** Draws numbers below a bound, the same for the same seed. */
type Draw = (below: number) => number;

function draws(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Two texts of one file in layouts of their own, whose values partly agree. */
export const texts: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(mapping, mapping, fc.nat(7), fc.nat(), fc.nat())
  .map(([a, b, shared, first, second]) => {
    const mixed = {
      root: shared & 1 ? a.root : b.root,
      extra: shared & 2 ? a.extra : b.extra,
      last: shared & 4 ? a.last : b.last,
    };
    return [writeText(a, draws(first)), writeText(mixed, draws(second))];
  });

function writeText(value: Value, draw: Draw): string {
  const text = `${block(value, '', draw)}${draw(8) === 0 ? '' : '\n'}`;
  return draw(12) === 0 ? text.replaceAll('\n', '\r\n') : text;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const entriesOf = (value: Value): readonly (readonly [string | undefined, Value])[] =>
  isList(value)
    ? value.map((item) => [undefined, item])
    : value !== null && typeof value === 'object'
      ? Object.entries(value)
      : [];

/** The lines of a collection without the last line end; the first line comes without its indentation. */
function block(value: Value, indent: string, draw: Draw): string {
  const comment = (): string =>
    draw(8) === 0 ? `# note ${draw(99)}\n${indent}` : draw(20) === 0 ? `\n${indent}` : '';
  return entriesOf(value)
    .map(([key, inner], index) => {
      const before = index === 0 ? '' : indent + comment();
      const head = key === undefined ? '-' : `${writeKey(key, draw)}:`;
      return `${before}${head}${after(inner, indent, key === undefined, draw)}`;
    })
    .join('\n');
}

const writeKey = (key: string, draw: Draw): string =>
  /^[a-z]+$/.test(key) && draw(4) > 0 ? key : JSON.stringify(key);

function after(value: Value, indent: string, inList: boolean, draw: Draw): string {
  const comment = draw(8) === 0 ? ` # c${draw(9)}` : '';
  if (entriesOf(value).length === 0)
    return typeof value === 'object' && value !== null
      ? ` ${JSON.stringify(value)}${comment}`
      : scalar(value, indent, comment, draw);
  if (draw(8) === 0) return ` ${JSON.stringify(value).replaceAll('":', '": ')}${comment}`;
  if (inList && draw(2) === 0) return ` ${block(value, `${indent}  `, draw)}`;
  const deeper = isList(value) && !inList && draw(2) === 0 ? indent : indent + ' '.repeat(1 + draw(4));
  return `${comment}\n${deeper}${block(value, deeper, draw)}`;
}

function scalar(value: Value, indent: string, comment: string, draw: Draw): string {
  if (value === null) return draw(2) === 0 ? comment : ` null${comment}`;
  if (typeof value !== 'string') return ` ${JSON.stringify(value)}${comment}`;
  if (/^\w[^\n]*\n/.test(value) && draw(2) === 0) {
    const chomp = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
    const lines = value.replace(/\n$/, '').split('\n');
    return ` |${chomp}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`;
  }
  if (/^[a-zé][a-z0-9é😀./:?=]*$/u.test(value) && draw(3) > 0) return ` ${value}${comment}`;
  return ` ${value.includes('\n') || draw(2) === 0 ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`}${comment}`;
}

/** Texts of any kind: two versions of a file with a few characters put in or taken out. */
export const brokenTexts: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(
    texts,
    fc.array(
      fc.tuple(
        fc.nat(500),
        fc.nat(4),
        fc.constantFrom(
          '',
          '\n',
          ' ',
          ':',
          '- ',
          '\t',
          '{',
          ']',
          '&x ',
          '*x',
          '#',
          '"',
          '|',
          '? ',
          '---\n',
          '\r',
          '\u2028',
          '!!str ',
          '...\n',
          '%',
          '\0',
          '<<: ',
          '\ufeff',
        ),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([[a, b], changes]) => [
    changes.reduce(
      (text, [at, gone, put]) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + gone),
      a,
    ),
    b,
  ]);
