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

/** Rows after which, and milliseconds after which, a new checkpoint is signed. */
const ROWS = 1_000;
const TIME = 60_000;

/** Whether the chain, whose newest row is `head`, has come far enough since its newest checkpoint. */
export function isCheckpointDue(
  newest: Pick<CheckpointStatement, 'seq' | 'at'> | undefined,
  head: number,
  now: number,
): boolean {
  const { seq = 0, at = 0 } = newest ?? {};
  return head !== seq && (head - seq >= ROWS || now - at >= TIME);
}
