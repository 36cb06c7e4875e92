import { type Family, variablesOf } from './anchor-families.ts';
import { readEnvironmentFirst } from './environment-first.ts';
import { type Frame, type Role, environmentPlaces, headOf, memberNames } from './family-frame.ts';
import { filesIn, namesIn, unitShare } from './folder-names.ts';
import type { Folder } from './folder-tree.ts';
import { isCategoryWord, rootHint, serviceLikeness } from './folder-words.ts';
import { type Reading, frameOf, plain, withFolders } from './reading.ts';
import { type TenantsBelow, tenantsBelow } from './tenants-below.ts';

/** Every way to understand a family that its names bear out. */
export function readFamily(root: Folder, family: Family): readonly Reading[] {
  const { length } = variablesOf(family);
  if (length === 2) return [plain(frameOf(root, family, twoRoles(family)), 1)];
  if (length === 1) return oneVariable(root, family);
  return readEnvironmentFirst(root, family);
}

const hintOf = (family: Family): Role | undefined => {
  const [first = 0] = variablesOf(family);
  return rootHint(family.pattern[first - 1]);
};

/** Which of two names before the environment is the tenant: the outer one, unless the inner ones recur like tenants. */
function twoRoles(family: Family): readonly Role[] {
  const [outer = 0, inner = 0] = variablesOf(family);
  const [outside, inside] = [memberNames(family, outer), memberNames(family, inner)];
  const swapped =
    hintOf(family) !== 'tenant' &&
    family.anchors.length > inside.size &&
    serviceLikeness(outside) > serviceLikeness(inside);
  return swapped ? ['service', 'tenant'] : ['tenant', 'service'];
}

/** Tenants below the environments of services, where there are any. */
function withTenants(frame: Frame, { others, without }: TenantsBelow, evidence: number): Reading {
  const reading = withFolders(frame, 'tenant', { evidence, others });
  const [position = 0] = variablesOf(frame.family);
  const exceptions = without.map(({ environments, services }) => {
    const pattern = frame.family.pattern.with(position, `{service:${services.join('|')}}`);
    const family = { ...frame.family, pattern };
    return `${headOf({ family, roles: [] })}/{environment:${environments.join('|')}}/**`;
  });
  const fitting = exceptions.filter((template) => template.length <= LONGEST_TEMPLATE);
  return { ...reading, templates: [...reading.templates, ...fitting] };
}

const LONGEST_TEMPLATE = 1000;

function oneVariable(root: Folder, family: Family): readonly Reading[] {
  const hint = hintOf(family);
  const frame = (role: Role, services?: Iterable<string>) => frameOf(root, family, [role], services);
  const [position = 0] = variablesOf(family);
  const members = memberNames(family, position);
  const kinds = [...members].every(isCategoryWord);
  const alone = plain(frame(hint ?? 'service'), kinds || hint === 'tenant' ? 0.5 : 1);
  if (family.affix || kinds) return [alone];
  const places = environmentPlaces(family);
  const names = namesIn(places);
  const total = filesIn(places.map(({ folder }) => folder));
  const readings = [alone];
  const tenants = tenantsBelow(names, members, total);
  const inside = names.filter((one) => !one.shared);
  const innerServices = serviceLikeness(inside.map(({ name }) => name)) - serviceLikeness(members);
  const weight = (role: Role) =>
    hint === undefined ? ((role === 'tenant') === innerServices >= 0 ? 1 : 0.6) : hint === role ? 1 : 0;
  if (tenants && weight('service') > 0) {
    const evidence = tenants.evidence * weight('service');
    readings.push(withTenants(frame('service'), tenants, evidence));
  }
  const recurring = inside.filter((one) => one.members >= 2 || one.environments >= 2);
  const share = total === 0 ? 0 : filesIn(recurring) / total;
  const many = members.size >= 2 && recurring.length >= 1;
  if (
    many &&
    share >= 0.3 &&
    weight('tenant') > 0 &&
    unitShare(recurring) + Number(hint === 'tenant') > 0.3
  ) {
    const evidence = Math.min(1, share) * weight('tenant');
    const services = inside.map(({ name }) => name);
    const others = names.filter((one) => one.shared);
    readings.push(withFolders(frame('tenant', services), 'service', { evidence, others }));
  }
  return readings;
}
