import { type Family, variablesOf } from './anchor-families.ts';
import { type Frame, type Role, environmentOf, memberNames, sharedTemplates } from './family-frame.ts';
import type { FoundName } from './folder-names.ts';
import type { Folder } from './folder-tree.ts';
import type { PlaceholderName } from '../template.ts';

/** One way to understand a family: what its names are, and what lies below the environments. */
export interface Reading {
  readonly templates: readonly string[];
  readonly placeholders: readonly PlaceholderName[];
  /** The meaning of the family's open positions. */
  readonly roles: readonly Role[];
  /** How well the names bear it out, 0 to 1. */
  readonly evidence: number;
}

/** A family with the meaning of its open positions. `services` are their names, unless the members are services. */
export function frameOf(
  root: Folder,
  family: Family,
  roles: readonly Role[],
  services?: Iterable<string>,
): Frame {
  const position = variablesOf(family)[roles.indexOf('service')];
  const members = position === undefined ? [] : memberNames(family, position);
  return { root, family, roles, services: new Set(services ?? members) };
}

/** Nothing below the environment has a meaning of its own. */
export function plain(frame: Frame, evidence: number): Reading {
  const environment = environmentOf(frame);
  const own = frame.family.affix ? environment : `${environment}/**`;
  return {
    templates: [own, ...sharedTemplates(frame)],
    placeholders: [...frame.roles, 'environment'],
    roles: frame.roles,
    evidence,
  };
}

/** Folders below the environment are tenants or services; those of other names are left to the environment itself. */
export function withFolders(
  frame: Frame,
  role: Role,
  { evidence, others }: { readonly evidence: number; readonly others: readonly FoundName[] },
): Reading {
  const environment = environmentOf(frame);
  const literals = others.slice(0, MOST_LITERALS).map(({ name }) => `${environment}/${name}/**`);
  return {
    templates: [`${environment}/{${role}}/**`, `${environment}/**`, ...sharedTemplates(frame), ...literals],
    placeholders: [...frame.roles, role, 'environment'],
    roles: frame.roles,
    evidence,
  };
}

/** How many names are spelt out beside a placeholder, at most. */
export const MOST_LITERALS = 12;
