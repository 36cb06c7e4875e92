interface Named {
  readonly names: readonly string[];
  readonly more: number;
  /** There may be others. */
  readonly atLeast: boolean;
}

/** `jane, bob and 3 more`; `3 people` where names are not to be seen; `at least 3` where not everybody was asked about. */
export function approversText({ names, more, atLeast }: Named, last: 'and' | 'or' = 'and'): string {
  if (names.length === 0 && more === 0)
    return atLeast ? 'nobody of those who were looked at' : 'nobody who is here now';
  const least = atLeast ? 'at least ' : '';
  if (names.length === 0) return `${least}${more === 1 ? '1 person' : `${more} people`}`;
  const rest = more > 0 ? [`${least}${more} more`] : [];
  const parts = [...names, ...(atLeast && more === 0 ? ['perhaps others'] : rest)];
  const [only = ''] = parts;
  return parts.length === 1 ? only : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1) ?? ''}`;
}
