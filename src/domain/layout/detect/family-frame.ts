import { type Family, variablesOf } from './anchor-families.ts';
import { type Folder, folderAt } from './folder-tree.ts';
import { type FoundName, type Place, namesIn } from './folder-names.ts';
import { isCategoryWord, isPlainName, isSharedWord } from './folder-words.ts';

export type Role = 'tenant' | 'service';

/** A family whose open positions have been given their meaning, from the left. */
export interface Frame {
  readonly root: Folder;
  readonly family: Family;
  readonly roles: readonly Role[];
  /** Names of services, as far as they are known, to recognise `base/{service}`. */
  readonly services: ReadonlySet<string>;
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

/** The template up to the folder in which environments stand; `length` segments of it when given. */
export function headOf({ family, roles }: Pick<Frame, 'family' | 'roles'>, length?: number): string {
  let next = 0;
  const segments = family.pattern.map((part) => part ?? `{${roles[next++] ?? 'service'}}`);
  return join(...segments.slice(0, length));
}

/** The template of the environment itself: a folder, or a file with text round it. */
export function environmentOf(frame: Pick<Frame, 'family' | 'roles'>): string {
  const { prefix = '', suffix = '' } = frame.family.affix ?? {};
  return join(headOf(frame), `${prefix}{environment}${suffix}`);
}

/** The folder of each environment of each member, for families whose environments are folders. */
export function environmentPlaces({ anchors, pattern }: Family): readonly Place[] {
  const variables = variablesOf({ pattern });
  return anchors.flatMap(({ parent, folder, environments }) => {
    const member = variables.map((index) => parent[index]).join('/');
    return environments.flatMap((environment) => {
      const below = folder.folders.get(environment);
      return below ? [{ member, environment, folder: below }] : [];
    });
  });
}

/** The names that members have at one of the family's open positions. */
export const memberNames = (family: Family, index: number): ReadonlySet<string> =>
  new Set(family.anchors.map(({ parent }) => parent[index] ?? ''));

const MOST_SIBLINGS = 6;

/** Templates of what members and environments share: bases, and whatever else lies beside the environments. */
export function sharedTemplates(frame: Frame): readonly string[] {
  const { family } = frame;
  const variables = variablesOf(family);
  const own = variables.flatMap((index) => [
    ...(index === 0 ? siblingTemplates(frame) : [join(headOf(frame, index + 1), '**')]),
    ...reservedTemplates(frame, index),
  ]);
  const length = family.pattern.length;
  const whole = variables.length === 0 ? wholeTemplates(frame) : [];
  const beside = variables.length === 0 ? reservedTemplates(frame, length) : [];
  return [...own, ...whole, ...beside, ...(family.pattern[0] === undefined ? [] : libraryTemplates(frame))];
}

/** Everything beside the environments of a single folder; at the root of a repository only its manifests. */
function wholeTemplates(frame: Frame): readonly string[] {
  const { family, root } = frame;
  if (family.pattern.length > 0) return [join(headOf(frame), '**')];
  const { prefix = '', suffix = '' } = family.affix ?? {};
  const files = new Set(
    family.anchors.flatMap((one) => one.environments.map((name) => prefix + name + suffix)),
  );
  const manifests = root.leaves.filter(
    (leaf) => /\.ya?ml$/.test(leaf) && isPlainName(leaf) && !files.has(leaf),
  );
  return manifests.toSorted().slice(0, MOST_SIBLINGS);
}

/** Folders with the names of bases, at the position of a member or an environment. */
function reservedTemplates(frame: Frame, index: number): readonly string[] {
  const { family, root } = frame;
  const members = variablesOf(family).includes(index) ? memberNames(family, index) : new Set<string>();
  const parents = new Set(family.anchors.map(({ parent }) => JSON.stringify(parent.slice(0, index))));
  const places = [...parents].flatMap((parent) => {
    const folder = folderAt(root, JSON.parse(parent) as string[]);
    return folder ? [{ member: parent, environment: '', folder }] : [];
  });
  const top = index === 0;
  return namesIn(places)
    .filter(
      ({ name, shared }) => (top ? isLibrary(name) : shared && !name.startsWith('.')) && !members.has(name),
    )
    .slice(0, MOST_SIBLINGS)
    .map((found) => withServices(frame, join(headOf(frame, index), found.name), found));
}

/** At the root of a repository there is no folder to say "everything below", so what is beside is named. */
function siblingTemplates(frame: Frame): readonly string[] {
  const { family, root } = frame;
  const next = family.pattern[1];
  const places: Place[] = [...memberNames(family, 0)].flatMap((member) => {
    const folder = root.folders.get(member);
    return folder ? [{ member, environment: '', folder }] : [];
  });
  const environments = new Set(family.anchors.flatMap((anchor) => anchor.environments));
  const folders = namesIn(places).filter(({ name }) => name !== next && !environments.has(name));
  const leaves = new Map<string, number>();
  for (const leaf of places.flatMap((place) => place.folder.leaves))
    leaves.set(leaf, (leaves.get(leaf) ?? 0) + 1);
  const files = [...leaves]
    .filter(([name]) => isPlainName(name))
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const head = headOf(frame, 1);
  return [
    ...folders.slice(0, MOST_SIBLINGS).map(({ name }) => join(head, name, '**')),
    ...files.slice(0, MOST_SIBLINGS).map(([name]) => join(head, name)),
  ];
}

/** A folder at the root that holds what environments elsewhere are made of. */
const isLibrary = (name: string): boolean =>
  isCategoryWord(name) ||
  /^(bases?|commons?|shared|global|defaults?|charts?|templates?|lib|libs|library|components|crds?|policies)$/i.test(
    name,
  );

/** Bases that lie at the root of the repository, outside the family's own folder. */
function libraryTemplates(frame: Frame): readonly string[] {
  const { root, family } = frame;
  return namesIn([{ member: '', environment: '', folder: root }])
    .filter(({ name }) => isLibrary(name) && name !== family.pattern[0])
    .slice(0, MOST_SIBLINGS)
    .map((found) => withServices(frame, found.name, found));
}

/** `base/{service}/**` when the folders in it have the names of services, else `base/**`. */
function withServices(frame: Frame, path: string, { folders }: FoundName): string {
  const below = folders.flatMap((folder) => [...folder.folders.keys()]).filter((name) => !isSharedWord(name));
  const known = below.filter((name) => frame.services.has(name)).length;
  const free = !path.includes('{service}');
  return free && known >= 1 && known * 2 >= below.length ? join(path, '{service}', '**') : join(path, '**');
}
