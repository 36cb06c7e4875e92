import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, loadAll } from 'js-yaml';

/** A field that was edited: where, and whether it is there on each side. */
export interface JudgedField {
  readonly address: string;
  readonly present: boolean;
  readonly inTarget: boolean;
}

type Holder = Record<string, unknown> | unknown[];
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/**
 * Judges the edit of one field without any code of ours: js-yaml reads the texts, the address is followed by hand.
 * Taking the field's new value back out of the result must give the present value, and the new value must be the
 * target's. Returns what is wrong, or undefined.
 */
export function judgeField(
  now: string,
  then: string,
  result: string,
  field: JudgedField,
): string | undefined {
  const [present, target, got] = [now, then, result].map(load) as [unknown[], unknown[], unknown[]];
  const [inGot, inTarget] = [lookUp(got, field.address), lookUp(target, field.address)];
  if (field.inTarget && !inGot) return 'the field is missing in the result';
  if (!field.inTarget && inGot && !field.present) return 'the field appeared from nowhere';
  if (field.inTarget && !isDeepStrictEqual(inGot?.value, inTarget?.value))
    return 'the field has another value than in the target';
  const undone = structuredClone(got);
  const inPresent = lookUp(present, field.address);
  if (field.present && !inPresent) return 'the address leads nowhere in the present text';
  const problem = putBack(undone, present, field);
  if (problem) return problem;
  return isDeepStrictEqual(undone, present) ? undefined : 'something else changed as well';
}

const load = (text: string): unknown[] =>
  JSON.parse(JSON.stringify(loadAll(text, { schema: CORE_SCHEMA }))) as unknown[];

interface Found {
  readonly holder: Holder;
  readonly key: string | number;
  readonly value: unknown;
}

function putBack(undone: unknown[], present: unknown[], field: JudgedField): string | undefined {
  const [there, before] = [lookUp(undone, field.address), lookUp(present, field.address)];
  if (field.address.endsWith('#') && before && !there) {
    undone.splice(Number(before.key), 0, before.value);
    return undefined;
  }
  if (field.address.endsWith('#') && there && !before) {
    remove(there);
    return undefined;
  }
  if (there && before) {
    set(there, before.value);
    return undefined;
  }
  if (there) {
    remove(there);
    return tidy(undone, present, field.address);
  }
  if (!before) return undefined;
  const parent = parentOf(undone, field.address);
  if (!isHolder(parent)) return restoreParent(undone, present, field.address);
  if (Array.isArray(parent)) parent.splice(Number(before.key), 0, before.value);
  else Object.assign(parent, { [before.key]: before.value });
  return undefined;
}

/** An emptied container may be written `{}`, `[]`, empty or not at all: the one the present text has counts. */
function tidy(undone: unknown[], present: unknown[], address: string): string | undefined {
  const parent = parentOf(undone, address);
  const isEmpty = isHolder(parent) && Object.keys(parent).length === 0;
  return isEmpty ? restoreParent(undone, present, address) : undefined;
}

function restoreParent(undone: unknown[], present: unknown[], address: string): string | undefined {
  const parentAddress = address.slice(0, address.lastIndexOf('/'));
  const [there, before] = [lookUp(undone, parentAddress), lookUp(present, parentAddress)];
  if (there && before) set(there, before.value);
  return undefined;
}

const set = ({ holder, key }: Found, value: unknown): void => {
  (holder as Record<string | number, unknown>)[key] = structuredClone(value);
};

const remove = ({ holder, key }: Found): void => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
};

const parentOf = (documents: unknown[], address: string): unknown =>
  lookUp(documents, address.slice(0, address.lastIndexOf('/')))?.value;

function lookUp(documents: unknown[], address: string): Found | undefined {
  const mark = address.indexOf('#');
  const index = documents.indexOf(documentAt(address.slice(0, mark), documents));
  let found: Found | undefined =
    index < 0 ? undefined : { holder: documents, key: index, value: documents[index] };
  const pointer = address.slice(mark + 1);
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    if (!found || !isHolder(found.value)) return undefined;
    const holder: Holder = found.value;
    const key = keyOf(holder, step);
    found =
      key === undefined
        ? undefined
        : { holder, key, value: (holder as Record<string | number, unknown>)[key] };
  }
  return found;
}

function documentAt(mark: string, documents: readonly unknown[]): unknown {
  if (mark === '') return documents[0];
  if (/^@\d+$/.test(mark)) return documents[Number(mark.slice(1))];
  // Kind/name, Kind/namespace/name or Kind.group/namespace/name; a namespace that is not there is `-`.
  const parts = mark.slice(1).split('/').map(plain);
  const [kind, group] = splitOnce(parts[0] ?? '', '.');
  const [namespace, name] = parts.length > 2 ? [parts[1], parts[2]] : [undefined, parts[1]];
  return documents.find((one) => {
    const object = (one ?? {}) as KubernetesObject;
    return (
      object.kind === kind &&
      object.metadata?.name === name &&
      (namespace === undefined || (object.metadata?.namespace ?? '-') === namespace) &&
      (group === undefined || String(object.apiVersion).startsWith(`${group}/`))
    );
  });
}

interface KubernetesObject {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
}

function splitOnce(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const codes: Record<string, string> = { '~0': '~', '~1': '/', '~2': '=', '~3': ']', '~4': ',' };
const plain = (step: string): string => step.replaceAll(/~[0-4]/g, (code) => codes[code] ?? code);

function keyOf(holder: Holder, step: string): string | number | undefined {
  if (!Array.isArray(holder)) return Object.hasOwn(holder, plain(step)) ? plain(step) : undefined;
  if (/^\d+$/.test(step)) return Number(step) < holder.length ? Number(step) : undefined;
  const inner = step.slice(1, -1);
  const at = inner.includes('=')
    ? holder.findIndex((item) => inner.split(',').every((part) => hasIdentity(item, part)))
    : findText(holder, plain(inner));
  return at < 0 ? undefined : at;
}

function hasIdentity(item: unknown, part: string): boolean {
  const [path = '', value = ''] = part.split('=').map(plain);
  let at: unknown = item;
  for (const key of path.split('.')) at = isHolder(at) ? (at as Record<string, unknown>)[key] : undefined;
  return String(at) === value;
}

/** A scalar item goes by its text without version: the whole text, or what stands before `?`, `:`, `@` or `=`. */
function findText(list: readonly unknown[], text: string): number {
  const exact = list.findIndex((item) => String(item) === text);
  if (exact >= 0) return exact;
  return list.findIndex(
    (item) => String(item).startsWith(text) && /^[?:@=]/.test(String(item).slice(text.length)),
  );
}
