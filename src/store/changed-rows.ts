/** True when an UPDATE or DELETE of one row found it as it was expected: the answer of every compare-and-set. */
export const changedOne = ({
  numUpdatedRows,
  numDeletedRows,
}: {
  readonly numUpdatedRows?: bigint;
  readonly numDeletedRows?: bigint;
}): boolean => (numUpdatedRows ?? numDeletedRows) === 1n;
