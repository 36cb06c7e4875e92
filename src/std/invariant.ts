/** A condition that only a bug can break; the message says which promise was broken. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** Makes a switch over a closed union exhaustive at compile time. */
export function assertNever(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
