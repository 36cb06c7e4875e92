import type { FieldChange } from '../../tree/fields/change.ts';
import { markedAddress } from '../../tree/fields/marked-address.ts';
import { type FieldSelection, selectFields } from '../../tree/fields/select.ts';
import type { FieldFile } from './field-file.ts';
import { Refusal } from '../refusal/refusal.ts';

type Chosen = Map<FieldFile, FieldChange[]>;

/** An address with its file part set apart: `a/b.yaml@Deployment/api#/spec` is `a/b.yaml` and `@Deployment/api#/spec`. */
export function splitAddress(wanted: string): { readonly file: string; readonly inside: string } {
  const mark = wanted.indexOf('#');
  if (mark < 0 || wanted.slice(0, mark).includes('[')) return { file: '', inside: wanted };
  const at = wanted.slice(0, mark).search(/@(?:\d+$|[^/]+\/[^/]*$)/);
  const end = at < 0 ? mark : at;
  return { file: wanted.slice(0, end), inside: wanted.slice(end) };
}

/** Does the file part of an address mean this path? The end of the path will do, and nothing means any. */
export const isNamed = (path: string, file: string): boolean =>
  file === '' || path === file || path.endsWith(`/${file}`);

/**
 * Resolves what a person typed to the changed fields of a service: full addresses, addresses that begin with the end
 * of a path, or short forms, which must be unique in the service. Throws a Refusal that names candidates or the
 * nearest field, and one for a list that chooses nothing.
 */
export function chooseFields(wanted: readonly string[], files: readonly FieldFile[], target: string): Chosen {
  if (wanted.every((text) => text.trim() === '')) throw new Refusal('empty_field_selection');
  const chosen: Chosen = new Map();
  for (const text of wanted) {
    for (const [file, changes] of chooseOne(text, files, target)) {
      const already = chosen.get(file) ?? [];
      chosen.set(file, [...already, ...changes.filter((change) => !already.includes(change))]);
    }
  }
  return chosen;
}

interface Finding {
  readonly file: FieldFile;
  readonly found: FieldSelection;
}

function chooseOne(text: string, files: readonly FieldFile[], target: string): Chosen {
  if (text.length > 4096)
    throw new Refusal('field_malformed', { field: text.slice(0, 40), reason: 'too long' });
  const { file, inside } = splitAddress(text);
  const named = files.filter(({ change }) => isNamed(change.path, file));
  if (file !== '') refuseWhole(named);
  const findings = named.map((entry): Finding => ({
    file: entry,
    found: selectFields(
      entry.fields,
      entry.texts ? markedAddress(inside, entry.texts.now, entry.texts.past) : inside,
    ),
  }));
  const selected = findings.flatMap(({ file, found }) =>
    found.kind === 'selected' ? [{ file, changes: found.changes }] : [],
  );
  const exact = selected.filter(({ changes }) => changes.length === 1 && changes[0]?.short === inside);
  const one = exact.length === 1 ? exact : selected;
  const candidates = one.length > 1 ? one.flatMap(addressesOf) : findings.flatMap(candidatesOf);
  if (one.length > 1 || (one.length === 0 && candidates.length > 0)) {
    throw new Refusal('field_ambiguous', { field: text, candidates: candidates.join(', ') }, { candidates });
  }
  const [only] = one;
  if (only) return new Map([[only.file, [...only.changes]]]);
  // Somebody may have named a file where a field is asked for.
  refuseWhole(files.filter(({ change }) => text.trim() !== '' && isNamed(change.path, text)));
  throw notFound(text, findings, target);
}

const addressesOf = ({
  file,
  changes,
}: {
  readonly file: FieldFile;
  readonly changes: readonly FieldChange[];
}) => changes.map(({ address }) => `${file.change.path}${address}`);

const candidatesOf = ({ file, found }: Finding): string[] =>
  found.kind === 'ambiguous' ? found.candidates.map((address) => `${file.change.path}${address}`) : [];

function notFound(text: string, findings: readonly Finding[], target: string): Refusal {
  const malformed = findings.map(({ found }) => found).find((found) => found.kind === 'malformed');
  if (malformed) return new Refusal('field_malformed', { field: text, reason: malformed.reason });
  const near = findings.flatMap(({ found }) => (found.kind === 'unknown' ? found.suggestions : []))[0];
  const all = findings.flatMap(({ file }) => file.fields);
  const suggestion = near === undefined ? listAll(all) : `; did you mean ${near}?`;
  return new Refusal('field_unknown', { field: text, target: target.slice(0, 8), suggestion });
}

function listAll(fields: readonly FieldChange[]): string {
  if (fields.length === 0) return '; no field of it differs';
  return fields.length <= 10 ? `; these differ: ${fields.map(({ short }) => short).join(', ')}` : '';
}

/** A named file that cannot be edited field by field says so, instead of "unknown field". */
function refuseWhole(named: readonly FieldFile[]): void {
  const [only] = named;
  if (named.length !== 1 || only?.opaque === undefined) return;
  const { path, before, after } = only.change;
  if (
    before?.mode === '120000' ||
    after?.mode === '120000' ||
    before?.mode === '160000' ||
    after?.mode === '160000'
  ) {
    throw new Refusal('field_in_link', { path });
  }
  throw new Refusal('file_opaque', { path, reason: only.opaque });
}
