import { nearest } from '../../std/nearest.ts';
import { keyStep } from '../../tree/fields/address.ts';
import { type FieldList, type ListedField, listFields } from '../../tree/fields/list-fields.ts';
import { markedAddress } from '../../tree/fields/marked-address.ts';
import { selectFields } from '../../tree/fields/select.ts';
import { parseShortPath } from '../../tree/fields/short-path.ts';
import { Refusal } from '../refusal/refusal.ts';
import { isNamed, splitAddress } from './choose-fields.ts';

/** A file in which a field is looked for. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Where a field stands or, when it is not there yet, is to be added. The address is the one inside the file. */
export interface FoundField {
  readonly path: string;
  readonly address: string;
}

interface Searched extends TextFile {
  readonly list: FieldList;
}

/** The file that a new key at the top of a service goes into, when nobody names one. */
const SERVICE_FILE = 'service.yaml';

/**
 * Finds the one field that a person means among the files of a service: by address, by an address that begins with
 * the end of a path, or in short form. One that is not there is placed in the mapping that would hold it. Throws
 * field_ambiguous, field_malformed, or release_field_unknown; `scope` is what they call the service.
 */
export function findField(typed: string, files: readonly TextFile[], scope: string): FoundField {
  const unknown = (reason: string): Refusal =>
    new Refusal('release_field_unknown', { field: typed, scope, reason });
  const { file, inside } = splitAddress(typed);
  const named = files.filter(({ path }) => isNamed(path, file));
  if (named.length === 0) throw unknown(file === '' ? 'it has no file' : `it has no file ${file}`);
  const searched = named.map((one): Searched => ({ ...one, list: listFields(one.text) }));
  const [only] = searched;
  if (file !== '' && searched.length === 1 && only?.list.kind === 'opaque')
    throw unknown(`${only.list.reason}; send the whole file ${only.path}`);
  const found = pickOne(typed, inside, allOf(searched, inside));
  return found ?? placeNew(typed, inside, { searched, named: file !== '', unknown });
}

interface Spot extends FoundField {
  readonly short: string;
}

/** All that the text may mean: one field in each file, or the candidates where one file has several. */
function allOf(
  searched: readonly Searched[],
  inside: string,
  only?: (field: ListedField) => boolean,
): Spot[] {
  return searched.flatMap(({ path, text, list }) => {
    const fields = list.kind === 'fields' ? list.fields.filter((field) => only?.(field) ?? true) : [];
    const selection = selectFields(fields, markedAddress(inside, text, text));
    if (selection.kind === 'malformed')
      throw new Refusal('field_malformed', { field: inside, reason: selection.reason });
    if (selection.kind === 'ambiguous')
      return selection.candidates.map((address) => ({ path, address, short: '' }));
    // An address selects what lies below it, too; it comes first itself.
    const [field] = selection.kind === 'selected' ? selection.changes : [];
    return field ? [{ path, address: field.address, short: field.short }] : [];
  });
}

function pickOne(typed: string, inside: string, spots: readonly Spot[]): Spot | undefined {
  const exact = spots.filter(({ short }) => short === inside);
  const left = exact.length === 1 ? exact : spots;
  if (left.length <= 1) return left[0];
  const candidates = left.map(({ path, address }) => `${path}${address}`);
  throw new Refusal('field_ambiguous', { field: typed, candidates: candidates.join(', ') }, { candidates });
}

interface Placing {
  readonly searched: readonly Searched[];
  /** The person named the file. */
  readonly named: boolean;
  readonly unknown: (reason: string) => Refusal;
}

function placeNew(typed: string, inside: string, placing: Placing): FoundField {
  const { searched, named, unknown } = placing;
  const { parent, key } = split(inside);
  if (parent === '' && !named) {
    const home = searched.find(({ path }) => path.endsWith(`/${SERVICE_FILE}`)) ?? theOnly(searched);
    const hint = home ? nearest(inside, topKeys(home)) : undefined;
    if (!home || hint !== undefined)
      throw unknown(`it does not exist; ${hint === undefined ? '' : `did you mean ${hint}? `}${howToAdd}`);
    return placeNew(typed, inside, { ...placing, searched: [home], named: true });
  }
  const spots = allOf(searched, parent === '' ? '#' : parent, ({ map }) => map);
  const spot = pickOne(typed, parent, spots);
  if (!spot) throw unknown('neither it nor the mapping that would hold it exists');
  return { path: spot.path, address: `${spot.address}/${key}` };
}

const howToAdd = 'to add it, name its file, as in values.yaml#/name';

const topKeys = ({ list }: Searched): readonly string[] =>
  list.kind === 'fields' ? list.fields.map(({ short }) => short).filter((short) => !/[.[]/.test(short)) : [];

const theOnly = (searched: readonly Searched[]): Searched | undefined =>
  searched.length === 1 ? searched[0] : undefined;

/** A field name without its last part, in a form that can be looked for, and the last part as a step. */
function split(inside: string): { readonly parent: string; readonly key: string } {
  if (/^(?:@[^#]*)?#/.test(inside)) {
    const at = inside.lastIndexOf('/');
    return { parent: inside.slice(0, Math.max(at, 0)), key: inside.slice(at + 1) };
  }
  const path = parseShortPath(inside);
  if (path.kind === 'malformed') throw new Refusal('field_malformed', { field: inside, reason: path.reason });
  const parent = path.names.slice(0, -1).map((name) => `[${JSON.stringify(name)}]`);
  return { parent: parent.join(''), key: keyStep(path.names.at(-1) ?? '') };
}
