import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { limits } from './limits.ts';
import type { AliasNode, CollectionNode, FieldChild, FieldNode, ScalarNode } from './node.ts';
import { scalarKey } from './scalar.ts';
import { endOfBlockScalar, ownItems, placeOfEntry, placeOfItem, type Item } from './syntax.ts';

/** Gives equal strings equal small numbers, so that equality of values is equality of numbers. */
export type Interner = (key: string) => number;

export function createInterner(): Interner {
  const ids = new Map<string, number>();
  return (key) => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, ids.size);
    return ids.size - 1;
  };
}

/** Stops the reading of a text; never leaves this folder. */
export class UnreadableText extends Error {}

/** What a builder keeps while it reads one document. */
export interface Building {
  readonly text: string;
  readonly intern: Interner;
  /** `open` marks an anchor whose node is still being read: an alias to it would be a circle. */
  readonly anchors: Map<string, ScalarNode | CollectionNode | 'open'>;
}

/** Builds our tree from a composed node; null stands for a value that is not written. */
export function buildNode(building: Building, node: Node | null): FieldNode {
  if (isAlias(node)) return buildAlias(building, node.source, node.range?.[0] ?? 0);
  const anchor = node?.anchor;
  if (anchor !== undefined) building.anchors.set(anchor, 'open');
  const built = isCollection(node) ? buildCollection(building, node) : buildScalar(building, node);
  if (anchor !== undefined) building.anchors.set(anchor, built);
  return built;
}

function buildAlias(building: Building, name: string, start: number): AliasNode {
  const to = building.anchors.get(name);
  if (to === undefined) throw new UnreadableText(`the alias *${name} has no anchor`);
  if (to === 'open') throw new UnreadableText(`the alias *${name} stands inside its own anchor`);
  const end = start + name.length + 1;
  return {
    kind: 'alias',
    name,
    to,
    id: to.id,
    weight: to.weight,
    start,
    end,
    anchor: undefined,
    tag: undefined,
  };
}

function buildScalar(building: Building, node: Node | null): ScalarNode {
  if (!isScalar(node)) {
    const id = building.intern('null');
    return {
      kind: 'scalar',
      style: 'empty',
      text: '',
      id,
      weight: 1,
      start: 0,
      end: 0,
      anchor: undefined,
      tag: undefined,
    };
  }
  const token = node.srcToken;
  const block = token?.type === 'block-scalar';
  const plain = token === undefined || token.type === 'scalar';
  const [start, valueEnd] = node.range ?? [0, 0];
  const end = block ? endOfBlockScalar(token) : valueEnd;
  const written = node.source ?? '';
  // Without a last line end libyaml (kubectl, Argo CD) sees none in the value either; yaml and js-yaml add one.
  const cut = block && end === building.text.length && written.endsWith('\n');
  const text = cut ? written.slice(0, -1) : written;
  const style = block ? 'block' : !plain ? 'quoted' : start === end ? 'empty' : 'plain';
  const id = building.intern(scalarKey(text, plain, node.tag));
  return { kind: 'scalar', style, text, id, weight: 1, start, end, anchor: node.anchor, tag: node.tag };
}

function buildCollection(building: Building, node: YAMLMap | YAMLSeq): CollectionNode {
  const kind = isMap(node) ? 'map' : 'list';
  const token = node.srcToken;
  const items = token && 'items' in token ? ownItems(token) : undefined;
  if (items && items.length !== node.items.length)
    throw new UnreadableText('a list or mapping could not be matched with its source');
  const children = node.items.map((item, index) =>
    isPair(item)
      ? buildEntry(building, item as Pair<Node, Node | null>, items?.[index])
      : buildItem(building, item as Node, items?.[index]),
  );
  // A pair inside a flow list (`[a: 1]`) has no brackets and no token of its own.
  const atomic = !token || node.items.some((item) => isPair(item) && !isScalar(item.key));
  if (kind === 'map') refuseDuplicates(children);
  const weight = children.reduce((sum, child) => sum + child.node.weight, 1);
  if (weight > limits.unfolded) throw new UnreadableText('its aliases unfold to too many values');
  const [start, rangeEnd] = node.range ?? [0, 0];
  const flow = node.flow === true;
  const end = flow ? rangeEnd : (children.at(-1)?.place.valueEnd ?? start);
  const id = building.intern(
    collectionKey(
      kind,
      node.tag,
      children.map(({ keyId, node }) => ({ keyId, id: node.id })),
    ),
  );
  return { kind, flow, children, atomic, id, weight, start, end, anchor: node.anchor, tag: node.tag };
}

function buildEntry(building: Building, pair: Pair<Node, Node | null>, found: Item | undefined): FieldChild {
  const item = found ?? pair.srcToken;
  if (!item) throw new UnreadableText('a mapping could not be matched with its source');
  const keyNode = buildNode(building, pair.key);
  const key = keyNode.kind === 'scalar' ? keyNode.text : `?${keyNode.id}`;
  const node = buildNode(building, pair.value);
  return { key, keyId: keyNode.id, node, place: placeOfEntry(item, node.end) };
}

function buildItem(building: Building, value: Node, item: Item | undefined): FieldChild {
  if (!item) throw new UnreadableText('a list could not be matched with its source');
  const node = buildNode(building, value);
  return { key: '', keyId: 0, node, place: placeOfItem(item, node.end) };
}

function refuseDuplicates(children: readonly FieldChild[]): void {
  const seen = new Set<string>();
  for (const { key } of children) {
    if (seen.has(key)) throw new UnreadableText(`the key ${JSON.stringify(key)} occurs twice in one mapping`);
    seen.add(key);
  }
}

/** Mappings compare without regard to order, lists with it. */
export function collectionKey(
  kind: 'map' | 'list',
  tag: string | undefined,
  children: readonly { readonly keyId: number; readonly id: number }[],
): string {
  const parts = children.map(({ keyId, id }) => (kind === 'map' ? `${keyId}:${id}` : String(id)));
  if (kind === 'map') parts.sort();
  const plain = tag === undefined || tag === 'tag:yaml.org,2002:map' || tag === 'tag:yaml.org,2002:seq';
  return `${kind === 'map' ? '{' : '['}${plain ? '' : tag} ${parts.join(',')}`;
}
