import type { Family } from './anchor-families.ts';
import { type Role, environmentOf, environmentPlaces, sharedTemplates } from './family-frame.ts';
import { fileReading } from './file-reading.ts';
import { type FoundName, type Place, filesIn, namesIn, unitShare } from './folder-names.ts';
import type { Folder } from './folder-tree.ts';
import { isCategoryWord, serviceLikeness } from './folder-words.ts';
import { MOST_LITERALS, type Reading, frameOf, plain, withFolders } from './reading.ts';

/** Every way to understand environments that stand in one folder only, with all else below them. */
export function readEnvironmentFirst(root: Folder, family: Family): readonly Reading[] {
  const bare = frameOf(root, family, []);
  const alone = plain(bare, 0.3);
  if (family.affix) return [alone];
  const places = environmentPlaces(family);
  const total = filesIn(places.map(({ folder }) => folder));
  const files = fileReading(bare, places, total);
  const names = namesIn(places);
  const inside = names.filter((one) => !one.shared);
  const found = files ? [alone, files] : [alone];
  if (inside.length === 0 || filesIn(inside) < 0.3 * total) return found;
  const below = { places, inside, others: names.filter((one) => one.shared), total };
  const kinds = categories(root, family, below);
  if (kinds) return [...found, kinds];
  return [...found, servicesBelow(root, family, below), ...twoBelow(root, family, below)];
}

/** `{environment}/{service}`. */
function servicesBelow(root: Folder, family: Family, { inside, others, total }: Below): Reading {
  const recurring = filesIn(inside.filter(({ environments }) => environments >= 2)) / filesIn(inside);
  const evidence = (filesIn(inside) / total) * (0.5 + 0.5 * recurring);
  const services = inside.map(({ name }) => name);
  return withFolders(frameOf(root, family, [], services), 'service', { evidence, others });
}

interface Below {
  readonly places: readonly Place[];
  readonly inside: readonly FoundName[];
  readonly others: readonly FoundName[];
  readonly total: number;
}

/** `{environment}/{tenant}/{service}`: below the environment the same names stand in several folders. */
function twoBelow(
  root: Folder,
  family: Family,
  { places, inside, others, total }: Below,
): readonly Reading[] {
  const wanted = new Set(inside.map(({ name }) => name));
  const inner = places.flatMap(({ environment, folder }) =>
    [...folder.folders]
      .filter(([name]) => wanted.has(name))
      .map(([name, below]) => ({ member: name, environment, folder: below })),
  );
  const names = namesIn(inner);
  const recurring = names.filter(({ members, shared }) => members >= 2 && !shared);
  const share = total === 0 ? 0 : filesIn(recurring) / total;
  if (inside.length < 2 || recurring.length === 0 || share < 0.4) return [];
  const free = names.filter(({ shared }) => !shared).map(({ name }) => name);
  const swapped = serviceLikeness(wanted) > serviceLikeness(free);
  const [outer, second]: readonly [Role, Role] = swapped ? ['service', 'tenant'] : ['tenant', 'service'];
  const frame = frameOf(root, family, [], swapped ? wanted : free);
  const environment = environmentOf(frame);
  const literals = names.filter(({ shared }) => shared).slice(0, MOST_LITERALS);
  return [
    {
      templates: [
        `${environment}/{${outer}}/{${second}}/**`,
        `${environment}/{${outer}}/**`,
        `${environment}/**`,
        ...sharedTemplates(frame),
        ...literals.map(({ name }) => `${environment}/{${outer}}/${name}/**`),
        ...others.slice(0, MOST_LITERALS).map(({ name }) => `${environment}/${name}/**`),
      ],
      placeholders: ['tenant', 'environment', 'service'],
      roles: [],
      evidence: share * (unitShare(recurring) >= 0.5 ? 1 : 0.7),
    },
  ];
}

/** `{environment}/apps/{service}`, `{environment}/infrastructure/{service}`: kinds of things, then the things. */
function categories(
  root: Folder,
  family: Family,
  { inside, total }: Pick<Below, 'inside' | 'total'>,
): Reading | undefined {
  const kinds = inside.filter(
    ({ name, folders }) => isCategoryWord(name) && folders.some((one) => one.folders.size > 0),
  );
  const share = total === 0 ? 0 : filesIn(kinds) / total;
  if (kinds.length === 0 || share < 0.5) return undefined;
  const services = kinds.flatMap(({ folders }) => folders.flatMap((one) => [...one.folders.keys()]));
  const frame = frameOf(root, family, [], services);
  const environment = environmentOf(frame);
  return {
    templates: [
      ...kinds.slice(0, MOST_LITERALS).map(({ name }) => `${environment}/${name}/{service}/**`),
      `${environment}/**`,
      ...sharedTemplates(frame),
    ],
    placeholders: ['environment', 'service'],
    roles: [],
    evidence: Math.min(1, share * 1.2),
  };
}
