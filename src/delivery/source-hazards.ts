import type { Hazard, HazardCode } from '../domain/plan/plan.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { TreeChange } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';
import { isSopsFile, sopsRecipients } from './encrypted-file.ts';
import { type FoundObject, hookHazards } from './hook-hazards.ts';
import { kindOf, nameOf } from './manifest-set.ts';
import { objectsIn } from './objects-in.ts';

/** What changes in a repository, the state it leads to, and whether that is an old one: a rollback or an undo. */
export interface StateChange {
  readonly changes: readonly TreeChange[];
  readonly after: Oid;
  readonly back: boolean;
}

/** Only files that may hold one of these are parsed; a change can be thousands of files. */
const telling =
  /\bkind["']?\s*:\s*["']?(?:SealedSecret|ExternalSecret|ClusterExternalSecret)\b|(?:argocd\.argoproj\.io|helm\.sh)\/hook\b/;
const outsideKinds = new Set(['ExternalSecret', 'ClusterExternalSecret']);
/** Folders whose other files are looked at, and files in them. */
const mostFolders = 100;
const mostBeside = 500;

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
export function* sourceHazards({ changes, after, back }: StateChange): Walk<readonly Hazard[]> {
  const texts = yield* readTexts(textOids(changes.flatMap((change) => [change.before, change.after])));
  const objectsOn = (side: 'before' | 'after'): readonly FoundObject[] =>
    changes.flatMap(({ path, [side]: state }) => found(path, texts.get(state?.oid ?? '')));
  const [was, is] = [objectsOn('before'), objectsOn('after')];
  const beside = back ? yield* objectsBeside(after, changes) : [];
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
  const hooks = hookHazards(was, is, back);
  if (!back) return hooks;
  const sealed = is.filter(({ value }) => kindOf(value) === 'SealedSecret').map(sealedHazard);
  const outside = beside.filter(({ value }) => outsideKinds.has(kindOf(value))).map(outsideHazard);
  return [...sealed, ...once(outside), ...hooks];
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

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The telling objects of all files in the folders where something changes, changed themselves or not. */
function* objectsBeside(tree: Oid, changes: readonly TreeChange[]): Walk<readonly FoundObject[]> {
  const folders = new Set(changes.map(({ path }) => folderOf(path)));
  if (folders.size > mostFolders) return [];
  const above = [...folders];
  const files = yield* listPaths(
    tree,
    {
      folder: (path) =>
        above.some((folder) => folder === path || folder.startsWith(`${path}/`)) ? 'some' : 'none',
      file: (path) => folders.has(folderOf(path)) && /\.(?:ya?ml|json)$/.test(path),
    },
    mostBeside,
  );
  const shown = [...files].slice(0, mostBeside);
  const texts = yield* readTexts(textOids(shown.map(([, state]) => state)));
  return shown.flatMap(([path, { oid }]) => found(path, texts.get(oid)));
}
