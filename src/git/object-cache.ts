/** A map that forgets what was not used lately once the costs of its values exceed a bound. */
export interface ObjectCache<Value> {
  readonly get: (oid: string) => Value | undefined;
  readonly set: (oid: string, value: Value, cost: number) => void;
}

interface Row<Value> {
  readonly value: Value;
  readonly cost: number;
}

/** Values never change (an id is a hash), so nothing is ever invalidated. A value above a quarter of the bound is not kept. */
export function objectCache<Value>(bound: number): ObjectCache<Value> {
  // Two halves: what is used moves to the recent one, and what was not by the time that is full is forgotten. A hit
  // is then a look-up and no more, where keeping an order would write at each.
  let recent = new Map<string, Row<Value>>();
  let earlier = recent;
  let cost = 0;
  const add = (oid: string, row: Row<Value>): void => {
    if (cost + row.cost > bound / 2) {
      earlier = recent;
      recent = new Map();
      cost = 0;
    }
    recent.set(oid, row);
    cost += row.cost;
  };
  const get = (oid: string): Value | undefined => {
    const row = recent.get(oid);
    if (row !== undefined) return row.value;
    const old = earlier.get(oid);
    if (old !== undefined) add(oid, old);
    return old?.value;
  };
  const set = (oid: string, value: Value, valueCost: number): void => {
    if (valueCost <= bound / 4 && !recent.has(oid)) add(oid, { value, cost: valueCost });
  };
  return { get, set };
}
