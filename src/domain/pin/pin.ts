import type { FieldValue } from '../../tree/fields/change.ts';

/**
 * A field of a tenant-environment's own that holds a value as it was at the target of a rollback, because the shared
 * file that gave it has another one now. It stands in its file with a comment that says so.
 */
export interface Pin {
  readonly service: string | null;
  /** The file it stands in, and its address there: `#/LOG_LEVEL`. */
  readonly file: string;
  readonly address: string;
  /** What people call it: the key of a variable, or `image.tag`. */
  readonly name: string;
  readonly value: FieldValue;
  /** The shared file that gave the value at the target. */
  readonly shared: string;
  /** What would be there without the pin; absent where nothing gives a value now. */
  readonly now: FieldValue | undefined;
}

/** A pin that is to be written. `entry` is a text of YAML that has the field alone, in the layers around it. */
export interface PinEntry extends Pin {
  readonly entry: string;
}

/** A shared value that differs from the one at the target and that no pin can hold, with the reason. */
export interface Unpinned {
  readonly service: string | null;
  readonly name: string;
  readonly reason: string;
}
