import type { FieldChange, FieldValue } from '../../src/tree/fields/change.ts';
import { changedFields } from '../../src/tree/fields/changes.ts';
import { spliceFields } from '../../src/tree/fields/splice.ts';
import { judgeField } from './judge-fields.ts';
import { foreignLines } from './judge-lines.ts';

/** Counts over all files compared; `wrong` must stay empty. */
export interface FieldTally {
  files: number;
  opaque: number;
  fields: number;
  scalars: number;
  refusedScalars: number;
  readonly reasons: Map<string, number>;
  readonly wrong: string[];
}

export const newTally = (): FieldTally => ({
  files: 0,
  opaque: 0,
  fields: 0,
  scalars: 0,
  refusedScalars: 0,
  reasons: new Map(),
  wrong: [],
});

const isScalar = (value: FieldValue | undefined): boolean => typeof value !== 'object' || value === null;
/** Present, and short enough to stand on one line of a file. */
const isOneLine = (value: FieldValue | undefined): boolean =>
  value !== undefined && isScalar(value) && !/\\n|.{60}/.test(JSON.stringify(value));
const isScalarField = ({ before, after }: FieldChange): boolean => isScalar(before) && isScalar(after);

/** Rolls each changed field of a file back alone, and all of them together, and has the results judged. */
export function judgeFile(name: string, now: string, past: string, tally: FieldTally): void {
  const found = changedFields(now, past);
  tally.files += 1;
  if (found.kind === 'opaque') {
    tally.opaque += 1;
    return;
  }
  for (const change of found.changes) judgeOne(name, { now, past, change }, tally);
  const all = spliceFields(
    now,
    past,
    found.changes.map(({ address }) => address),
  );
  if (all.kind === 'text' && changedFields(all.text, past).kind === 'fields') {
    const rest = changedFields(all.text, past);
    if (rest.kind === 'fields' && rest.changes.length > 0)
      tally.wrong.push(`${name}: all fields together are not the target`);
  }
}

interface Judged {
  readonly now: string;
  readonly past: string;
  readonly change: FieldChange;
}

function judgeOne(name: string, { now, past, change }: Judged, tally: FieldTally): void {
  const scalar = isScalarField(change);
  tally.fields += 1;
  if (scalar) tally.scalars += 1;
  const result = spliceFields(now, past, [change.address]);
  if (result.kind === 'refused') {
    const reason = result.refusals[0]?.reason ?? '';
    if (scalar) tally.refusedScalars += 1;
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    return;
  }
  const field = {
    address: change.address,
    present: change.before !== undefined,
    inTarget: change.after !== undefined,
  };
  const problem =
    judgeField(now, past, result.text, field) ??
    foreignLines(now, past, {
      result: result.text,
      single: isOneLine(change.before) && isOneLine(change.after),
    });
  if (problem) tally.wrong.push(`${name}${change.address}: ${problem}`);
}
