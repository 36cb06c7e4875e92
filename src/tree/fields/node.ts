/** Where one child of a collection stands in its text, in UTF-16 offsets. */
export interface Place {
  /** First character of the key (with its tag, anchor or `?`), of the dash, or of the item of a flow list. */
  readonly start: number;
  /** Just behind the `:` or the dash; for an item of a flow list, and for a document, the start of the value. */
  readonly mark: number;
  /** The value with its tag and anchor; both ends are equal when nothing is written. No trailing comment, no line end. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** False for a key without `:` (`{a, b}` or `? a`). */
  readonly marked: boolean;
}

/** One entry of a mapping, one item of a list, or the content of a document. `key` is empty but in mappings. */
export interface FieldChild {
  readonly key: string;
  readonly keyId: number;
  readonly node: FieldNode;
  readonly place: Place;
}

interface Common {
  /** Equal ids mean equal values, across both texts of one call, whatever aliases hide behind. */
  readonly id: number;
  /** How many values this is with every alias written out. */
  readonly weight: number;
  /** First character of the value itself, behind tag and anchor. */
  readonly start: number;
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

export interface ScalarNode extends Common {
  readonly kind: 'scalar';
  readonly style: 'empty' | 'plain' | 'quoted' | 'block';
  readonly text: string;
}

export interface CollectionNode extends Common {
  readonly kind: 'map' | 'list';
  readonly flow: boolean;
  readonly children: readonly FieldChild[];
  /** True when it can only be changed whole: a key is itself a collection. */
  readonly atomic: boolean;
}

export interface AliasNode extends Common {
  readonly kind: 'alias';
  readonly name: string;
  readonly to: ScalarNode | CollectionNode;
}

export type FieldNode = ScalarNode | CollectionNode | AliasNode;

/** The value an alias stands for, or the node itself. */
export const behind = (node: FieldNode): ScalarNode | CollectionNode =>
  node.kind === 'alias' ? node.to : node;

/** The collection whose children can be addressed one by one, or undefined. */
export function collection(node: FieldNode | undefined): CollectionNode | undefined {
  const real = node && behind(node);
  return real && real.kind !== 'scalar' && !real.atomic ? real : undefined;
}

/** The text of a scalar child under a key, followed through aliases; undefined when there is none. */
export function scalarAt(node: FieldNode, path: readonly string[]): string | undefined {
  let here: FieldNode = behind(node);
  for (const key of path) {
    if (here.kind !== 'map') return undefined;
    const child: FieldChild | undefined = here.children.find((child) => child.key === key);
    if (!child) return undefined;
    here = behind(child.node);
  }
  return here.kind === 'scalar' ? here.text : undefined;
}
