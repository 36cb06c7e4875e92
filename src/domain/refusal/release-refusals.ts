import type { RefusalRow } from './refusal-row.ts';

/** What a release or a promotion asks for that cannot be. */
export const releaseRefusals = {
  release_empty: { kind: 'invalid', message: 'name at least one field or file to change' },
  release_field_unknown: { kind: 'invalid', message: 'field {field} of {scope} cannot be set: {reason}' },
  release_fields_refused: { kind: 'invalid', message: 'these fields cannot be set: {list}' },
  release_path: { kind: 'invalid', message: '{path} cannot be written by this release: {reason}' },
  pin_unknown: {
    kind: 'invalid',
    message: 'there is no pin {pin} in {scope}; list them with "knowngood pins"',
  },
  promotion_order: {
    kind: 'invalid',
    message: 'a promotion goes from an earlier environment to a later one: {from} to {to} is none ({order})',
  },
} as const satisfies Record<string, RefusalRow>;
