import { type Frame, environmentOf, sharedTemplates } from './family-frame.ts';
import type { Reading } from './reading.ts';
import type { Place } from './folder-names.ts';
import { isPlainName } from './folder-words.ts';

const notServices =
  /^(kustomization|kustomizeconfig|namespaces?|ns|values|readme|notes|license|config|settings|version|common|base|\..*)$|^(deployments?|statefulset|services?|ingress|configmaps?|secrets?|replicas|hpa|pdb|rbac|serviceaccounts?|role(binding)?s?|networkpolic(y|ies)|quotas?|limits)$/i;

const extensionOf = (name: string): string => /\.[a-zA-Z]{1,8}$/.exec(name)?.[0] ?? '';

/** `{environment}/{service}.yaml`: below the environment there is one file for each service, or next to it. */
export function fileReading(frame: Frame, places: readonly Place[], total: number): Reading | undefined {
  const leaves = places.flatMap(({ environment, folder }) =>
    folder.leaves.filter(isPlainName).map((name) => ({ environment, name, extension: extensionOf(name) })),
  );
  if (leaves.length < 2 || leaves.length < 0.5 * total) return undefined;
  const [extension = ''] = mostFrequent(leaves.map((leaf) => leaf.extension));
  const stem = (name: string) => name.slice(0, name.length - extension.length);
  const own = leaves.filter((leaf) => leaf.extension === extension);
  const services = own.filter(({ name }) => !notServices.test(stem(name)));
  const distinct = new Set(services.map(({ name }) => name));
  if (distinct.size < 2 || own.length > 1.5 * services.length) return undefined;
  const recurring = services.length / distinct.size > 1 ? 1 : 0.6;
  const environment = environmentOf(frame);
  const others = new Set(own.filter(({ name }) => notServices.test(stem(name))).map(({ name }) => name));
  return {
    templates: [
      `${environment}/{service}${extension}`,
      ...[...others]
        .toSorted()
        .slice(0, 8)
        .map((name) => `${environment}/${name}`),
      `${environment}/**`,
      ...sharedTemplates({ ...frame, services: new Set([...distinct].map(stem)) }),
    ],
    placeholders: ['environment', 'service'],
    roles: [],
    evidence: (services.length / total) * recurring,
  };
}

function mostFrequent(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value);
}
