import type { FieldValue } from '../../tree/fields/change.ts';
import { Refusal } from '../refusal/refusal.ts';
import { type LineOf, refuseUnknownKeys } from './unknown-keys.ts';

/** How generated Applications reach this repository, and what they do by themselves. Read at head, never rolled back. */
export interface ArgoCdSettings {
  /** Where the cluster reads this repository. */
  readonly repoURL: string;
  readonly targetRevision: string;
  /** The AppProject. */
  readonly project: string;
  /** Where Applications live. */
  readonly namespace: string;
  /** Before each name, so that several projects can share one Argo CD. */
  readonly namePrefix: string;
  /** Whether objects go away with their Application. */
  readonly cascade: boolean;
  readonly syncPolicy: FieldValue | undefined;
  readonly environments: ReadonlyMap<string, EnvironmentSettings>;
}

/** What one environment has for itself. */
export interface EnvironmentSettings {
  readonly project: string | undefined;
  readonly syncPolicy: FieldValue | undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

const refuse = (reason: string): Refusal => new Refusal('project_invalid', { reason });

function mappingOf(value: unknown, name: string): Mapping {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`${name} must be a mapping`);
  return value as Mapping;
}

function textOf(from: Mapping, key: string, name: string, pattern: RegExp): string | undefined {
  const value = from[key];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw refuse(`${name}.${key} is not a text that can stand there`);
}

const oneLine = /^[^\p{Cc}]{1,1024}$/u;
const label = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

const policyOf = (from: Mapping, name: string): FieldValue | undefined =>
  from['syncPolicy'] === undefined
    ? undefined
    : (mappingOf(from['syncPolicy'], `${name}.syncPolicy`) as FieldValue);

const keys = [
  'repoURL',
  'targetRevision',
  'project',
  'namespace',
  'namePrefix',
  'cascade',
  'syncPolicy',
  'environments',
];

const unlocated: LineOf = () => '';

/** Reads `argocd` of knowngood.yaml. Throws project_invalid, for an unknown key with its line. */
export function readArgoCd(value: unknown, lineOf: LineOf = unlocated): ArgoCdSettings | undefined {
  if (value === undefined) return undefined;
  const from = mappingOf(value, 'argocd');
  refuseUnknownKeys(from, { path: ['argocd'], known: keys, where: ' in argocd' }, lineOf);
  const repoURL = textOf(from, 'repoURL', 'argocd', oneLine);
  if (repoURL === undefined) throw refuse('argocd.repoURL is missing');
  if (/\/\/[^/]*:[^/]*@/.test(repoURL)) throw refuse('argocd.repoURL must not hold a password');
  const cascade = from['cascade'] ?? false;
  if (typeof cascade !== 'boolean') throw refuse('argocd.cascade must be true or false');
  return {
    repoURL,
    targetRevision: textOf(from, 'targetRevision', 'argocd', oneLine) ?? 'HEAD',
    project: textOf(from, 'project', 'argocd', label) ?? 'default',
    namespace: textOf(from, 'namespace', 'argocd', label) ?? 'argocd',
    namePrefix: textOf(from, 'namePrefix', 'argocd', /^[a-z0-9][-a-z0-9]{0,29}$/) ?? '',
    cascade,
    syncPolicy: policyOf(from, 'argocd'),
    environments: readEnvironments(from['environments'], lineOf),
  };
}

function readEnvironments(value: unknown, lineOf: LineOf): ReadonlyMap<string, EnvironmentSettings> {
  if (value === undefined) return new Map();
  const all = Object.entries(mappingOf(value, 'argocd.environments'));
  return new Map(
    all.map(([environment, item]) => {
      const name = `argocd.environments.${environment}`;
      const from = mappingOf(item, name);
      const path = ['argocd', 'environments', environment];
      refuseUnknownKeys(from, { path, known: ['project', 'syncPolicy'], where: ` in ${name}` }, lineOf);
      return [
        environment,
        { project: textOf(from, 'project', name, label), syncPolicy: policyOf(from, name) },
      ];
    }),
  );
}
