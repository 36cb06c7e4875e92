import type { CallInput } from '../../../src/contract/client.ts';

/** One field that a release sets, as it was typed. */
export interface Setting {
  /** Empty: a field of the tenant-environment itself. */
  readonly service: string;
  readonly field: string;
  /** Undefined: the field goes. */
  readonly value: string | undefined;
}

/** A setting as an address carries it. Names and values may hold any sign, so they are kept apart by JSON. */
export const settingText = ({ service, field, value }: Setting): string =>
  JSON.stringify(value === undefined ? [service, field] : [service, field, value]);

/** The settings that an address names; what is none is left out. */
export function readSettings(texts: readonly string[]): readonly Setting[] {
  return texts.flatMap((text) => {
    const [service, field, value] = parts(text);
    if (service === undefined || field === undefined) return [];
    return [{ service, field, value }];
  });
}

function parts(text: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every((part) => typeof part === 'string') ? read : [];
  } catch {
    return [];
  }
}

/** A row that says enough to be looked at. */
export const isComplete = ({ field, value }: Setting): boolean =>
  field.trim() !== '' && (value === undefined || value.trim() !== '');

/** The settings as a release takes them: what was typed is text where the field holds text. */
export const fieldsOf = (
  settings: readonly Setting[],
): NonNullable<CallInput<'previewRelease'>['body']['fields']> =>
  settings.map(({ service, field, value }) => ({
    ...(service === '' ? {} : { service }),
    field: field.trim(),
    ...(value === undefined ? { remove: true as const } : { text: value }),
  }));
