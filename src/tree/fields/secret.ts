import type { FieldDocument } from './field-text.ts';

/**
 * True when the value at these steps must not be shown: the data of a Kubernetes Secret, anything SOPS has sealed,
 * the inline values of a kustomize secret generator. A change of a whole document counts when it holds such values.
 */
export function isSecretField(document: FieldDocument | undefined, steps: readonly string[]): boolean {
  if (document?.sealed) return true;
  const [first] = steps;
  if (first === 'secretGenerator') return true;
  return document?.secret === true && (first === undefined || first === 'data' || first === 'stringData');
}
