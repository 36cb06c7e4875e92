import type { KubeObject } from './drift.ts';
import { isMap } from './owned-field.ts';

/** What an autoscaler points at, in one text: `Deployment/shop/web`. */
export const targetKey = (kind: unknown, namespace: unknown, name: unknown): string =>
  [kind, namespace, name].map(String).join('/');

/** The targets of these HorizontalPodAutoscalers, as `targetKey` writes them. */
export function autoscaledTargets(autoscalers: readonly KubeObject[]): ReadonlySet<string> {
  const targets = autoscalers.flatMap(({ metadata, spec }) => {
    const target = isMap(spec) ? spec['scaleTargetRef'] : undefined;
    if (!isMap(target) || !isMap(metadata)) return [];
    return [targetKey(target['kind'], metadata['namespace'], target['name'])];
  });
  return new Set(targets);
}
