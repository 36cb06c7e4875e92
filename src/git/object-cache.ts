/** A map that forgets what was used longest ago once the costs of its values exceed a bound. */
export interface ObjectCache<Value> {
  readonly get: (oid: string) => Value | undefined;
  readonly set: (oid: string, value: Value, cost: number) => void;
}

/** Values never change (an id is a hash), so nothing is ever invalidated. A value above a quarter of the bound is not kept. */
export function objectCache<Value>(bound: number): ObjectCache<Value> {
  // A Map keeps the order of insertion: what is used is put in again, so the first is the stalest.
  const rows = new Map<string, { readonly value: Value; readonly cost: number }>();
  let total = 0;
  const get = (oid: string): Value | undefined => {
    const row = rows.get(oid);
    if (row === undefined) return undefined;
    rows.delete(oid);
    rows.set(oid, row);
    return row.value;
  };
  const set = (oid: string, value: Value, cost: number): void => {
    if (cost > bound / 4 || rows.has(oid)) return;
    rows.set(oid, { value, cost });
    total += cost;
    for (const [stalest, row] of rows) {
      if (total <= bound) break;
      rows.delete(stalest);
      total -= row.cost;
    }
  };
  return { get, set };
}
