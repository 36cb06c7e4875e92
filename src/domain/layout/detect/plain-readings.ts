import { environmentKind } from './environment-name.ts';
import type { Reading } from './reading.ts';
import { type Folder } from './folder-tree.ts';
import { type FoundName, filesIn, namesIn, unitShare } from './folder-names.ts';
import { isCategoryWord, isPlainName, isWrapperWord, rootHint, serviceLikeness } from './folder-words.ts';

interface Start {
  readonly path: readonly string[];
  readonly folder: Folder;
}

const DEPTH = 3;

/** Ways to understand a repository that names no environments: `{tenant}/{service}`, or services alone. */
export function readWithoutEnvironments(root: Folder): readonly Reading[] {
  const starts = collectStarts(root);
  const services = starts.flatMap((start) => readServices(start));
  const kinds = services.filter(
    ({ start }) => start.path.length === 1 && isCategoryWord(start.path[0] ?? ''),
  );
  const together =
    kinds.length >= 2
      ? [
          {
            ...reading(
              kinds.flatMap((one) => one.reading.templates),
              ['service'],
            ),
            evidence: 1,
          },
        ]
      : [];
  return [...together, ...starts.flatMap(readTenants), ...services.map((one) => one.reading)];
}

function collectStarts(root: Folder): readonly Start[] {
  const starts: Start[] = [];
  const visit = (folder: Folder, path: readonly string[]): void => {
    if (folder.files < Math.max(2, root.files * 0.1)) return;
    starts.push({ path, folder });
    if (path.length >= DEPTH) return;
    for (const [name, below] of folder.folders) {
      if (isPlainName(name) && !name.startsWith('.')) visit(below, [...path, name]);
    }
  };
  visit(root, []);
  return starts;
}

const reading = (templates: readonly string[], placeholders: Reading['placeholders']): Reading => ({
  templates,
  placeholders,
  roles: [],
  evidence: 0,
});

const templateOf = (path: readonly string[], ...rest: readonly string[]): string =>
  [...path, ...rest].join('/');
const manifest = /\.(ya?ml|json|tf|hcl|jsonnet|cue)$/;

function readServices({
  path,
  folder,
}: Start): readonly { readonly start: Start; readonly reading: Reading }[] {
  const names = namesIn([{ member: '', environment: '', folder }]);
  const services = names.filter((one) => !one.shared && holdsManifests(one));
  const hint = rootHint(path.at(-1));
  if (services.length < 2 || hint === 'tenant') return [];
  const things = services.filter(({ name }) => environmentKind(name) === undefined);
  const share = filesIn(things) / folder.files;
  if (share < 0.5) return [];
  const bases = names.filter((one) => one.shared && path.length > 0).slice(0, 6);
  const beside = path.length === 0 && names.length > services.length;
  const templates = [
    templateOf(path, beside ? onlyServices(services) : '{service}', '**'),
    ...bases.map(({ name }) => templateOf(path, name, '**')),
    ...(path.length > 0 ? [templateOf(path, '**')] : []),
  ];
  const evidence = share * (hint === 'service' ? 1 : 0.4 + 0.4 * unitShare(services));
  return [{ start: { path, folder }, reading: { ...reading(templates, ['service']), evidence } }];
}

/** At the root of a repository not every folder is a service, so they are named as far as they fit. */
function onlyServices(services: readonly FoundName[]): string {
  const names = services.map(({ name }) => name).filter((name) => !name.includes('|'));
  const list = names.toSorted().join('|');
  return list.length > 700 || names.length === 0 ? '{service}' : `{service:${list}}`;
}

const holdsManifests = ({ folders }: FoundName): boolean =>
  folders.some(
    (folder) =>
      folder.leaves.some((leaf) => manifest.test(leaf)) ||
      [...folder.folders.values()].some((below) => below.leaves.some((leaf) => manifest.test(leaf))),
  );

/** Neither what is shared, nor a wrapper, nor an environment. */
const isThing = ({ name, shared }: FoundName): boolean =>
  !shared && !isWrapperWord(name) && environmentKind(name) === undefined;

function readTenants({ path, folder }: Start): readonly Reading[] {
  const tenants = namesIn([{ member: '', environment: '', folder }]).filter(isThing);
  const inner = tenants.flatMap(({ name, folders }) =>
    folders.map((below) => ({ member: name, environment: '', folder: below })),
  );
  const names = namesIn(inner);
  const free = names.filter(isThing);
  const hint = rootHint(path.at(-1));
  const recurring = hint === 'tenant' ? free : free.filter(({ members }) => members >= 2);
  const share = filesIn(recurring) / folder.files;
  if (tenants.length < 2 || recurring.length === 0 || share < 0.4) return [];
  const swapped =
    hint !== 'tenant' &&
    serviceLikeness(tenants.map(({ name }) => name)) > serviceLikeness(free.map(({ name }) => name));
  const [outer, second] = swapped ? ['{service}', '{tenant}'] : ['{tenant}', '{service}'];
  const literals = names.filter(({ shared }) => shared).slice(0, 8);
  const templates = [
    templateOf(path, outer, second, '**'),
    ...literals.map(({ name }) => templateOf(path, outer, name, '**')),
    ...(path.length > 0 ? [templateOf(path, outer, '**'), templateOf(path, '**')] : []),
  ];
  const evidence = share * (hint === 'tenant' ? 1 : 0.3 + 0.5 * unitShare(recurring));
  return [{ ...reading(templates, ['tenant', 'service']), evidence }];
}
