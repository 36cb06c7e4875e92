import type { FieldValue } from './change.ts';
import { behind, type FieldNode } from './node.ts';
import { scalarValue } from './scalar.ts';

/** The value of a node as JSON would have it. Keys are own properties, `__proto__` too. */
export function valueOf(node: FieldNode): FieldValue {
  const real = behind(node);
  if (real.kind === 'scalar')
    return scalarValue(real.text, real.style === 'plain' || real.style === 'empty', real.tag);
  if (real.kind === 'list') return real.children.map((child) => valueOf(child.node));
  return Object.fromEntries(real.children.map((child) => [child.key, valueOf(child.node)]));
}
