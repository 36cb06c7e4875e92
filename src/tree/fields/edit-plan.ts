import { formatAddress, parseAddress, parseIdentityStep, unescapeStep } from './address.ts';
import { alignChildren, alignDocuments, type Pairing } from './align.ts';
import type { FieldRefusal } from './change.ts';
import type { FieldText } from './field-text.ts';
import { withoutVersion } from './identity.ts';
import { behind, collection, scalarAt, type FieldChild } from './node.ts';

/** What is to happen among the children of one field of the present text. The root's children are the documents. */
export interface Branch {
  readonly current: FieldChild;
  readonly target: FieldChild | undefined;
  /** Where this branch is, as the steps of an address; the first is the document mark. */
  readonly steps: readonly string[];
  readonly below: Map<FieldChild, Branch>;
  readonly replaced: Map<FieldChild, FieldChild>;
  readonly removed: Set<FieldChild>;
  /** Children of `target`. */
  readonly inserted: Set<FieldChild>;
  /** All children by step; undefined when the two sides have no order in common. */
  readonly pairs: ReadonlyMap<string, Pairing<FieldChild>> | undefined;
}

export interface EditPlan {
  readonly root: Branch;
  readonly refusals: readonly FieldRefusal[];
}

/** Finds every chosen field in both texts. A field below another chosen one goes with it. */
export function planEdits(current: FieldText, target: FieldText, addresses: readonly string[]): EditPlan {
  const documents = alignDocuments(current, target)?.map(({ step, before, after }) => ({
    step,
    before: before?.root,
    after: after?.root,
  }));
  const root = createBranch(current.stream, target.stream, [], documents);
  const refusals: FieldRefusal[] = [];
  const parsed = addresses.map((text) => ({ text, parsed: parseAddress(text) }));
  // Parents come first, so that what lies below a chosen field is recognised.
  parsed.sort((a, b) => depthOf(a.parsed) - depthOf(b.parsed));
  for (const { text, parsed: one } of parsed) {
    const reason =
      one.kind === 'malformed' ? one.reason : choose(root, [one.address.mark, ...one.address.steps], current);
    if (reason !== undefined) refusals.push({ address: text, reason });
  }
  return { root, refusals };
}

const depthOf = (parsed: ReturnType<typeof parseAddress>): number =>
  parsed.kind === 'address' ? parsed.address.steps.length : 0;

/** Notes one address in the plan; returns why it cannot be. */
function choose(root: Branch, steps: readonly string[], current: FieldText): string | undefined {
  let branch = root;
  for (const [index, step] of steps.entries()) {
    const { before, after } = findPair(branch, step);
    const last = index === steps.length - 1;
    if (!before && !after) return 'neither the present text nor the one gone back to has this field';
    if ((before && branch.replaced.has(before)) || (before && branch.removed.has(before))) return undefined;
    if (after && branch.inserted.has(after)) return undefined;
    if (index === 0 && current.documents.some(({ root, sealed }) => sealed && root === before))
      return 'the file is sealed by SOPS: a changed field would break its MAC';
    if (last) return mark(branch, before, after);
    if (!before)
      return `the present text does not have ${pathOf([...branch.steps, step])}; choose that instead`;
    branch = descend(branch, step, before, after);
  }
  return undefined;
}

function mark(
  branch: Branch,
  before: FieldChild | undefined,
  after: FieldChild | undefined,
): string | undefined {
  if (before && after) {
    if (before.node.id !== after.node.id) branch.replaced.set(before, after);
    return undefined;
  }
  if (before) branch.removed.add(before);
  if (!after) return undefined;
  if (!branch.pairs) return 'the list around it changed its order; choose the whole list';
  branch.inserted.add(after);
  return undefined;
}

function descend(branch: Branch, step: string, before: FieldChild, after: FieldChild | undefined): Branch {
  const known = branch.below.get(before);
  if (known) return known;
  const pairs = after ? alignChildren(before, after) : undefined;
  const next = createBranch(before, after, [...branch.steps, step], pairs);
  branch.below.set(before, next);
  return next;
}

function createBranch(
  current: FieldChild,
  target: FieldChild | undefined,
  steps: readonly string[],
  pairs: readonly Pairing<FieldChild>[] | undefined,
): Branch {
  return {
    current,
    target,
    steps,
    below: new Map(),
    replaced: new Map(),
    removed: new Set(),
    inserted: new Set(),
    pairs: pairs && new Map(pairs.map((pair) => [pair.step, pair])),
  };
}

interface Sides {
  readonly before: FieldChild | undefined;
  readonly after: FieldChild | undefined;
}

/** The two versions of a child. Where the sides are not aligned as a whole, each is searched alone. */
function findPair(branch: Branch, step: string): Sides {
  const pair = branch.pairs?.get(step);
  if (pair) return pair;
  if (branch.steps.length === 0 && branch.current.key === '' && step.startsWith('@'))
    return { before: undefined, after: undefined };
  return { before: childAt(branch.current, step), after: branch.target && childAt(branch.target, step) };
}

/** The only child a step can mean, in one text alone. */
export function childAt(parent: FieldChild, step: string): FieldChild | undefined {
  const real = collection(parent.node);
  if (!real) return undefined;
  if (real.kind === 'map') return real.children.find(({ key }) => key === unescapeStep(step));
  const identity = parseIdentityStep(step);
  if (!identity) return /^(?:0|[1-9]\d{0,8})$/.test(step) ? real.children[Number(step)] : undefined;
  const { fields, text } = identity;
  if (text !== undefined)
    return onlyText(real.children, text, (own) => own) ?? onlyText(real.children, text, withoutVersion);
  const found = real.children.filter(({ node }) =>
    fields.every(([path, value]) => scalarAt(node, path.split('.')) === value),
  );
  return found.length === 1 ? found[0] : undefined;
}

function onlyText(
  children: readonly FieldChild[],
  text: string,
  shorten: (own: string) => string,
): FieldChild | undefined {
  const found = children.filter(({ node }) => {
    const real = behind(node);
    return real.kind === 'scalar' && shorten(real.text) === text;
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The address of a branch, to name it in a message. */
export const pathOf = ([mark = '', ...steps]: readonly string[]): string => formatAddress({ mark, steps });
