import type { FieldValue } from './change.ts';

// Which words stand for something other than text. Kubernetes reads YAML 1.1, most other tools YAML 1.2: an edit has
// to mean the same to both, so both are asked.
const core: readonly (readonly [string, RegExp])[] = [
  ['null', /^(?:~|[Nn]ull|NULL)?$/],
  ['bool', /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/],
  ['number', /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/],
  ['number', /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/],
];
const legacy: readonly (readonly [string, RegExp])[] = [
  ['null', /^(?:~|[Nn]ull|NULL)?$/],
  ['bool', /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  ['number', /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/],
  ['number', /^[-+]?(?:[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)$/],
  ['number', /^[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]*(?:[eE][-+]?[0-9]+)?$/],
  ['number', /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
  [
    'time',
    /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/,
  ],
  ['merge', /^<<$/],
];

const kindIn = (schema: typeof core, text: string): string => {
  // Every special word is short and starts with one of these; the test spares nearly all scalars the tables.
  if (text !== '' && (text.length > 64 || !/^[-+.~0-9<nNyYtTfFoO]/.test(text))) return 'text';
  return schema.find(([, test]) => test.test(text))?.[0] ?? 'text';
};

/** True when every reader takes the word, unquoted, for the text that it is. */
export const isTextUnquoted = (text: string): boolean =>
  kindIn(core, text) === 'text' && kindIn(legacy, text) === 'text';

const tagPrefix = 'tag:yaml.org,2002:';

/**
 * A key that two scalars share exactly when both schemas give them the same value. Numbers compare by their source:
 * 1.0 and 1.00 are one number to us and two strings to a reader that keeps them, and big integers must not be rounded.
 */
export function scalarKey(text: string, plain: boolean, tag: string | undefined): string {
  if (tag !== undefined && tag !== '!' && tag !== `${tagPrefix}str`) return `!${tag} ${text}`;
  if (!plain || tag !== undefined) return `s${text}`;
  const kinds = [kindIn(core, text), kindIn(legacy, text)] as const;
  if (kinds[0] === 'text' && kinds[1] === 'text') return `s${text}`;
  if (kinds[0] === 'null') return 'null';
  return `${kinds.join('|')} ${kinds[0] === 'bool' ? text.toLowerCase() : text}`;
}

/** The value to show. A number that JavaScript would not print the same way stays text, so nothing is rounded. */
export function scalarValue(text: string, plain: boolean, tag: string | undefined): FieldValue {
  if (!plain || tag !== undefined) return text;
  switch (kindIn(core, text)) {
    case 'null':
      return null;
    case 'bool':
      return text.toLowerCase() === 'true';
    case 'number':
      return String(Number(text)) === text ? Number(text) : text;
    default:
      return text;
  }
}
