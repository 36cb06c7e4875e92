import { nearest } from '../std/nearest.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import type { ManifestValue } from './manifest-set.ts';

/** What is wrong at one place of a value, in the words of JSON Schema. */
export interface SchemaError {
  /** A JSON pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled schema: it reads every property that it knows, finds all errors, and leaves them on itself. */
export type ValidateObject = ((value: unknown) => boolean) & {
  readonly errors?: readonly SchemaError[] | null;
};

/** Values in an object that is checked: errors are gathered in a way that takes the square of their number. */
export const mostObjectValues = 5_000;

/** What a schema has against an object: the first faults, each with the field it is about, and how many there are. */
export interface ObjectFaults {
  readonly shown: readonly string[];
  readonly count: number;
}

/** The faults of an object, `most` of them in words. An object that is too large has none. */
export function objectFaults(value: ManifestValue, validate: ValidateObject, most = Infinity): ObjectFaults {
  if (countValues(value, mostObjectValues) > mostObjectValues) return { shown: [], count: 0 };
  const watched: Watched[] = [];
  validate(watch(value, '', watched));
  const errors = Map.groupBy(validate.errors ?? [], pathOf);
  const unknown = watched.flatMap(unknownIn);
  const wrong = [...errors].slice(0, most);
  // What was meant is looked for among all that there is: for a few keys, and not for the thousands of one object.
  const strange = unknown.slice(0, Math.max(0, most - wrong.length));
  return {
    shown: [
      ...wrong.map(([path, all]) => `${path === '' ? 'it' : path} ${wordsOf(all)}`),
      ...strange.map(unknownWords),
    ],
    count: errors.size + unknown.length,
  };
}

/** Values in a value, itself included; the count is given up beyond `most`. */
export function countValues(value: FieldValue, most: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const item of Object.values(value)) {
    count += countValues(item, most - count);
    if (count > most) break;
  }
  return count;
}

/** A mapping and what of it the schema asked for. */
interface Watched {
  readonly path: string;
  readonly keys: readonly string[];
  readonly asked: Set<string>;
  /** Any key may stand there, as in labels. */
  open: boolean;
}

/** The same value, which notes the keys that are asked for: the schemas of Kubernetes list fields and forbid none. */
function watch(value: FieldValue, path: string, watched: Watched[]): FieldValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly FieldValue[]).map((item, index) => watch(item, `${path}[${index}]`, watched));
  const mapping = value as ManifestValue;
  const seen: Watched = { path, keys: Object.keys(mapping), asked: new Set(), open: false };
  watched.push(seen);
  const inside = Object.fromEntries(
    seen.keys.map((key) => [key, watch(mapping[key] ?? null, path === '' ? key : `${path}.${key}`, watched)]),
  );
  return new Proxy(inside, {
    get: (target, key) => {
      if (typeof key === 'string') seen.asked.add(key);
      return Object.hasOwn(target, key) && typeof key === 'string' ? target[key] : undefined;
    },
    ownKeys: (target) => {
      seen.open = true;
      return Reflect.ownKeys(target);
    },
  });
}

interface UnknownField {
  readonly path: string;
  readonly key: string;
  /** What the schema knows beside it. */
  readonly asked: ReadonlySet<string>;
}

function unknownIn({ path, keys, asked, open }: Watched): readonly UnknownField[] {
  // Nobody asked: anything may stand here, or the schema gave up above.
  if (open || asked.size === 0) return [];
  return keys.filter((key) => !asked.has(key)).map((key) => ({ path, key, asked }));
}

function unknownWords({ path, key, asked }: UnknownField): string {
  const near = nearest(key, asked);
  return `${path === '' ? key : `${path}.${key}`} is no field of it${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** A missing field is at its own place, as people would write it. */
function pathOf({ instancePath, keyword, params }: SchemaError): string {
  const steps = instancePath.split('/').slice(1);
  const missing = keyword === 'required' ? [String(params['missingProperty'])] : [];
  return [...steps, ...missing]
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

function wordsOf(errors: readonly SchemaError[]): string {
  const of = (keyword: string, param: string): readonly unknown[] =>
    errors.filter((error) => error.keyword === keyword).map(({ params }) => params[param]);
  const [types, [allowed], [format]] = [
    of('type', 'type'),
    of('enum', 'allowedValues'),
    of('format', 'format'),
  ];
  if (errors.some(({ keyword }) => keyword === 'required')) return 'is missing';
  if (typeof format === 'string') return `is no ${format}`;
  if (Array.isArray(allowed)) return `has to be one of ${allowed.join(', ')}`;
  if (types.length > 0) return `has to be of type ${[...new Set(types)].join(' or ')}`;
  return 'is not as its schema says';
}
