/** Where a promotion from here may go; nowhere from an environment that is not listed, as it has no place in the order. */
export function laterEnvironments(environments: readonly string[], from: string): readonly string[] {
  const at = environments.indexOf(from);
  return at < 0 ? [] : environments.slice(at + 1);
}
