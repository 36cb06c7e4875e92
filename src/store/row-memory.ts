import type { DialectAdapter } from 'kysely';

/** What queries found, for as long as nobody has written to the tables that they read. */
export interface RowMemory {
  /** The rows that were kept under this key, while they are what the database would answer. */
  readonly recall: (key: string) => readonly unknown[] | undefined;
  /**
   * To be called before a query of these tables runs, and its answer with what was found: keeps it, unless one of them
   * was written to meanwhile or an open transaction has done so.
   */
  readonly before: (key: string, tables: readonly string[]) => (rows: readonly unknown[]) => void;
  /** These tables were written to; with `open` in a transaction, which may still take it back. */
  readonly written: (tables: readonly string[], open: boolean) => void;
  /** The transaction has ended, one way or the other. */
  readonly ended: () => void;
}

interface Kept {
  readonly rows: readonly unknown[];
  readonly tables: readonly string[];
  readonly writes: number;
}

/** Accounts, places and the like of a busy hour; then it begins anew. */
const most = 2000;

/** `foreignWrites` changes when somebody else has written to the database, by another connection. */
export function rowMemory(foreignWrites: () => number): RowMemory {
  const kept = new Map<string, Kept>();
  const writes = new Map<string, number>();
  const unsettled = new Set<string>();
  let foreign = foreignWrites();
  const count = (tables: readonly string[]): number =>
    tables.reduce((sum, table) => sum + (writes.get(table) ?? 0), 0);
  const changed = (tables: Iterable<string>): void => {
    for (const table of tables) writes.set(table, (writes.get(table) ?? 0) + 1);
  };
  return {
    recall: (key) => {
      const now = foreignWrites();
      if (now !== foreign) kept.clear();
      foreign = now;
      const found = kept.get(key);
      return found !== undefined && found.writes === count(found.tables) ? found.rows : undefined;
    },
    before: (key, tables) => {
      const asked = count(tables);
      return (rows) => {
        // Between a row's reading and its arrival here, others have their turn.
        if (count(tables) !== asked || tables.some((table) => unsettled.has(table))) return;
        if (kept.size >= most) kept.clear();
        kept.set(key, { rows, tables, writes: asked });
      };
    },
    written: (tables, open) => {
      changed(tables);
      if (open) for (const table of tables) unsettled.add(table);
    },
    ended: () => {
      changed(unsettled);
      unsettled.clear();
    },
  };
}

/** The tables that a statement writes to. A `set` among them, of `on conflict do update set`, is none and does no harm. */
export const tablesWritten = (sql: string): readonly string[] =>
  [...sql.matchAll(/\b(?:into|update|from)\s+"?(\w+)"?/gi)].map(([, table = '']) => table.toLowerCase());

const memories = new WeakMap<DialectAdapter, RowMemory>();

/** The memory of the database that is reached by this adapter, where it has one. */
export const memoryOf = (adapter: DialectAdapter): RowMemory | undefined => memories.get(adapter);

export function remember(adapter: DialectAdapter, memory: RowMemory): void {
  memories.set(adapter, memory);
}
