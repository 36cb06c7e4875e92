import type { Reach, Selector } from '../../tree/select.ts';
import { type Layout, type Owner, completeOwner, isShared, ownerOf } from './layout.ts';
import type { Scope } from '../plan/scope.ts';
import { type Bindings, type Template, bySpecificity, matchPrefix } from './template.ts';

/** Whether a path of this owner is wanted for certain. `settled` is false while some name of it is not known yet. */
type Wanted = (owner: Owner, settled: boolean) => boolean;

/** Whether an owner may turn out to be wanted once its missing names are known. */
type Possible = (owner: Owner) => boolean;

/** What a folder's name already says of the paths below it. */
interface Candidate {
  readonly template: Template;
  readonly owner: Owner;
  /** Every path below the folder fits this template, and all its names are known. */
  readonly covers: boolean;
}

function candidatesBelow(layout: Layout, parts: readonly string[]): Candidate[] {
  const found: Candidate[] = [];
  for (const template of layout.templates) {
    const settled = parts.length >= template.segments.length;
    if (settled && !template.rest) continue; // names a file at or above this folder
    const bindings: Bindings | undefined = matchPrefix(template, parts);
    if (!bindings) continue;
    found.push({ template, owner: completeOwner(layout, bindings, template.generated), covers: settled });
  }
  return found;
}

function layoutSelector(layout: Layout, wanted: Wanted, possible: Possible): Selector {
  const folder = (path: string): Reach => {
    let candidates = candidatesBelow(layout, path.split('/'));
    const cover = candidates.find((candidate) => candidate.covers);
    // A less specific template never gets a word once another covers everything.
    if (cover) candidates = candidates.filter(({ template }) => bySpecificity(template, cover.template) <= 0);
    const any = candidates.some(({ owner, covers }) => (covers ? wanted(owner, true) : possible(owner)));
    if (!any) return 'none';
    const all = cover !== undefined && candidates.every(({ owner, covers }) => wanted(owner, covers));
    return all ? 'all' : 'some';
  };
  const file = (path: string): boolean => {
    const owner = ownerOf(layout, path);
    return owner !== undefined && wanted(owner, true);
  };
  return { folder, file };
}

const agrees = (have: string | undefined, want: string | undefined): boolean =>
  have === undefined || want === undefined || have === want;

/** A tenant-environment, or one service of it; names left out mean any. */
type Where = Bindings;

const within =
  (where: Where): Possible =>
  (owner) =>
    !owner.generated &&
    agrees(owner.tenant, where.tenant) &&
    agrees(owner.environment, where.environment) &&
    agrees(owner.service, where.service);

/** Every path that the scope owns: of one service, or of the whole tenant-environment. Never generated ones. */
export function selectScope(
  layout: Layout,
  scope: Pick<Scope, 'tenant' | 'environment' | 'service'>,
): Selector {
  const wanted: Wanted = (owner) =>
    !owner.generated &&
    owner.tenant === scope.tenant &&
    owner.environment === scope.environment &&
    (scope.service === undefined || owner.service === scope.service);
  return layoutSelector(layout, wanted, within(scope));
}

/**
 * Every path that the scope reads and does not own: shared with other tenant-environments or, for one service, with
 * the other services of its tenant-environment.
 */
export function selectSharedWith(
  layout: Layout,
  scope: Pick<Scope, 'tenant' | 'environment' | 'service'>,
): Selector {
  const possible = within(scope);
  const wanted: Wanted = (owner, settled) =>
    settled &&
    possible(owner) &&
    (isShared(owner) || (scope.service !== undefined && owner.service === undefined));
  return layoutSelector(layout, wanted, possible);
}

/** Every path that the layout speaks of, owned or shared, as far as it has to do with `where`; never generated ones. */
export function selectManaged(layout: Layout, where: Where = {}): Selector {
  const possible = within(where);
  return layoutSelector(layout, (owner, settled) => settled && possible(owner), possible);
}

/** The generated paths of a tenant-environment. */
export function selectGenerated(layout: Layout, where: Pick<Scope, 'tenant' | 'environment'>): Selector {
  const possible: Possible = (owner) =>
    owner.generated && agrees(owner.tenant, where.tenant) && agrees(owner.environment, where.environment);
  return layoutSelector(layout, (owner, settled) => settled && possible(owner), possible);
}
