/** A place of the audit chain that is vouched for: row `seq` had this hash at that time. */
export interface CheckpointStatement {
  readonly seq: number;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly keyId: string;
}

/** The text that a checkpoint's signature is over. */
export const checkpointText = ({ seq, hash, at, keyId }: CheckpointStatement): string =>
  `knowngood-checkpoint-1\n${seq}\n${hash}\n${at}\n${keyId}\n`;
