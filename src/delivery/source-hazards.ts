import type { Hazard, HazardCode } from '../domain/plan/plan.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { TreeChange } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { isSopsFile, sopsRecipients } from './encrypted-file.ts';
import { filesBeside } from './files-beside.ts';
import { type FoundObject, hookHazards } from './hook-hazards.ts';
import { identityOf, kindOf, nameOf } from './manifest-set.ts';
import { objectsIn } from './objects-in.ts';

/** What changes in a repository, the state it leads to, and whether that is an old one: a rollback or an undo. */
export interface StateChange {
  readonly changes: readonly TreeChange[];
  readonly after: Oid;
  readonly back: boolean;
  /** Of generated files nothing is said again that their sources say. */
  readonly isGenerated: (path: string) => boolean;
}

/** Only files that may hold one of these are parsed; a change can be thousands of files. */
const telling =
  /\bkind["']?\s*:\s*["']?(?:SealedSecret|ExternalSecret|ClusterExternalSecret)\b|(?:argocd\.argoproj\.io|helm\.sh)\/hook\b/;
const outsideKinds = new Set(['ExternalSecret', 'ClusterExternalSecret']);

const hazard = (code: HazardCode, path: string, message: string): Hazard => ({
  code,
  message,
  blocking: false,
  paths: [path],
});

/**
 * Hazards that files show by themselves, written by people or generated: encrypted values that come back, values that
 * Git does not hold, and hooks that run an older image. What a chart or a base becomes is not known here.
 */
export function* sourceHazards({ changes, after, back, isGenerated }: StateChange): Walk<readonly Hazard[]> {
  const texts = yield* readTexts(textOids(changes.flatMap((change) => [change.before, change.after])));
  const objectsOn = (side: 'before' | 'after'): readonly FoundObject[] =>
    changes.flatMap(({ path, [side]: state }) => found(path, texts.get(state?.oid ?? '')));
  const was = objectsOn('before');
  const is = withoutCopies(objectsOn('after'), isGenerated);
  const near = back ? yield* filesBeside(after, changes) : [];
  const beside = near.flatMap(([path, text]) => found(path, text));
  const encrypted = back ? changes.flatMap((change) => sopsHazard(change, texts)) : [];
  return [...encrypted, ...foundHazards({ was, is, beside, back })];
}

/** Objects that change, on both sides, and those beside them that are there then. */
export interface FoundChange {
  readonly was: readonly FoundObject[];
  readonly is: readonly FoundObject[];
  readonly beside: readonly FoundObject[];
  readonly back: boolean;
}

/** The same for objects, wherever they were found. */
export function foundHazards({ was, is, beside, back }: FoundChange): readonly Hazard[] {
  const hooks = once(hookHazards(was, is, back));
  if (!back) return hooks;
  const there = new Set(was.map(textOf));
  const sealed = is
    .filter((object) => kindOf(object.value) === 'SealedSecret' && !there.has(textOf(object)))
    .map(sealedHazard);
  const outside = beside.filter(({ value }) => outsideKinds.has(kindOf(value))).map(outsideHazard);
  return [...sealed, ...once(outside), ...hooks];
}

const textOf = ({ path, value }: FoundObject): string => JSON.stringify([path, value]);

/** What is generated from an object that changes tells what that object tells. */
function withoutCopies(
  objects: readonly FoundObject[],
  isGenerated: StateChange['isGenerated'],
): readonly FoundObject[] {
  const sources = new Set(
    objects.filter(({ path }) => !isGenerated(path)).map(({ value }) => identityOf(value)),
  );
  return objects.filter(({ path, value }) => !isGenerated(path) || !sources.has(identityOf(value)));
}

const found = (path: string, text: string | undefined): readonly FoundObject[] =>
  text !== undefined && telling.test(text) ? objectsIn(path, text).map((value) => ({ path, value })) : [];

/** A source and what is generated from it tell the same. */
const once = (hazards: readonly Hazard[]): readonly Hazard[] => [
  ...new Map(hazards.map((each) => [each.message, each])).values(),
];

function sopsHazard({ path, before, after }: TreeChange, texts: ReadonlyMap<Oid, string>): readonly Hazard[] {
  const text = texts.get(after?.oid ?? '');
  if (text === undefined || !isSopsFile(text)) return [];
  const now = sopsRecipients(texts.get(before?.oid ?? '') ?? '');
  const lost = now.length === 0 ? [] : sopsRecipients(text).filter((name) => !now.includes(name));
  const keys = lost.length === 0 ? '' : `, encrypted for a key that it has no more (${lost.join(', ')})`;
  const message = `${path} is encrypted by SOPS: the values of then come back${keys}; keep it, or replace them again`;
  return [hazard('secret_comes_back', path, message)];
}

const sealedHazard = ({ path, value }: FoundObject): Hazard =>
  hazard(
    'secret_comes_back',
    path,
    `SealedSecret ${nameOf(value)} in ${path}: the values of then come back, and need the sealing key of then; keep it, or seal them again`,
  );

const outsideHazard = ({ path, value }: FoundObject): Hazard =>
  hazard(
    'values_not_in_git',
    path,
    `${kindOf(value)} ${nameOf(value)}: its values are not in Git and stay as they are`,
  );
