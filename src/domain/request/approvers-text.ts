/** `jane, bob and 3 more`; `3 people` where names are not to be seen. */
export function approversText(
  { names, more }: { readonly names: readonly string[]; readonly more: number },
  last: 'and' | 'or' = 'and',
): string {
  if (names.length === 0 && more === 0) return 'nobody who is here now';
  if (names.length === 0) return more === 1 ? '1 person' : `${more} people`;
  const parts = more > 0 ? [...names, `${more} more`] : names;
  const [only = ''] = parts;
  return parts.length === 1 ? only : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1) ?? ''}`;
}
