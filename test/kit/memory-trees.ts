import { createHash } from 'node:crypto';
import type { Mode, Oid, TreeEntry, TreeOrBlob, Walk } from '../../src/tree/object.ts';

/** A file of a literal tree: its text, or a text with another mode than 100644. */
export type FileLiteral = string | { readonly text: string; readonly mode: Mode };
export type TreeLiteral = Readonly<Record<string, FileLiteral>>;

export type Order = (oids: readonly Oid[]) => readonly Oid[];

/** Objects in memory, for pure walks: no repository, no waiting, and a count of what was asked for. */
export interface MemoryTrees {
  /** Adds a tree from paths to texts and returns its id. */
  readonly tree: (files: TreeLiteral) => Oid;
  /** Runs a walk to its end; `order` sorts the objects it is handed at a time, as a slow disk might. */
  readonly run: <Result>(walk: Walk<Result>, order?: Order) => Result;
  /** Ids of trees and blobs that walks asked for so far. */
  readonly asked: Set<Oid>;
  readonly oidOf: (text: string) => Oid;
}

type Node = Map<string, Node | { readonly mode: Mode; readonly oid: Oid }>;

export function memoryTrees(): MemoryTrees {
  const objects = new Map<Oid, TreeOrBlob>();
  const asked = new Set<Oid>();
  const idOf = (text: string) => createHash('sha1').update(text).digest('hex');
  const store = (nodes: Node): Oid => {
    const entries: TreeEntry[] = [...nodes].map(([name, node]) =>
      node instanceof Map
        ? { name, mode: '040000', oid: store(node) }
        : { name, mode: node.mode, oid: node.oid },
    );
    const oid = idOf(`tree ${JSON.stringify(entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)))}`);
    objects.set(oid, { type: 'tree', entries });
    return oid;
  };
  // Ids of blobs are those of git, so that what is generated from them is the same as in a repository.
  const blobId = (text: string): Oid => idOf(`blob ${Buffer.byteLength(text)}\0${text}`);
  const blob = (text: string): Oid => {
    const oid = blobId(text);
    objects.set(oid, { type: 'blob', size: text.length, text: text.includes('\0') ? undefined : text });
    return oid;
  };
  return {
    asked,
    oidOf: blobId,
    tree: (files) => {
      const root: Node = new Map();
      for (const [path, file] of Object.entries(files)) {
        const parts = path.split('/');
        const name = parts.pop() ?? '';
        let folder = root;
        for (const part of parts) {
          const next = folder.get(part);
          const child: Node = next instanceof Map ? next : new Map();
          folder.set(part, child);
          folder = child;
        }
        const { text, mode } = typeof file === 'string' ? { text: file, mode: '100644' as const } : file;
        folder.set(name, { mode, oid: blob(text) });
      }
      return store(root);
    },
    run: (walk, order = (oids) => oids) => {
      let step = walk.next();
      while (!step.done) {
        const answers = new Map<Oid, TreeOrBlob>();
        for (const oid of order([...step.value])) {
          asked.add(oid);
          const found = objects.get(oid);
          if (!found) throw new Error(`object ${oid} is missing`);
          answers.set(oid, found);
        }
        step = walk.next(answers);
      }
      return step.value;
    },
  };
}
