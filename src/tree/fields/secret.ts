import { keyStep } from './address.ts';
import { type FieldNode, behind, scalarAt } from './node.ts';

/** kubectl keeps a copy of the whole object in this annotation. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const generator = 'secretGenerator';
/** Parts of a Secret that hold its values; `items` are those of a SecretList. */
const valueParts: readonly (string | undefined)[] = [undefined, 'data', 'stringData', 'items'];

/** A Kubernetes Secret, or a list of nothing else. */
export const isSecretObject = (node: FieldNode): boolean =>
  ['Secret', 'SecretList'].includes(scalarAt(node, ['kind']) ?? '');

/** Where a value stands, and what it is, before or after. */
export interface SecretPlace {
  /** The document is sealed by SOPS. */
  readonly sealed: boolean;
  readonly steps: readonly string[];
  /** How many of the steps lead to the Secret around the value, if there is one. */
  readonly object: number | undefined;
  readonly nodes: readonly (FieldNode | undefined)[];
}

/**
 * True when the value at this place must not be shown: the data of a Kubernetes Secret and kubectl's copy of it, also
 * in a list, anything SOPS has sealed, the inline values of a kustomize secret generator; or a value with such parts.
 */
export function isSecretField({ sealed, steps, object, nodes }: SecretPlace): boolean {
  if (sealed || steps[0] === generator) return true;
  const [first, ...rest] = object === undefined ? [''] : steps.slice(object);
  if (valueParts.includes(first) || (object !== undefined && rest.includes(keyStep(lastApplied))))
    return true;
  const names = object === undefined ? [generator] : [generator, lastApplied];
  const seen = new Set<FieldNode>();
  return nodes.some((node) => node !== undefined && holdsSecret(node, names, seen));
}

function holdsSecret(node: FieldNode, names: readonly string[], seen: Set<FieldNode>): boolean {
  const real = behind(node);
  // What several aliases stand for is looked at once.
  if (real.kind === 'scalar' || seen.has(real)) return false;
  seen.add(real);
  if (isSecretObject(real)) return true;
  return real.children.some((child) => names.includes(child.key) || holdsSecret(child.node, names, seen));
}
