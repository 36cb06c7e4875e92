import { selectGenerated } from '../domain/layout/layout-selector.ts';
import { ownerOf } from '../domain/layout/layout.ts';
import { PROJECT_FILE } from '../domain/layout/project-file.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { Regeneration, RegenerationDifference } from '../domain/plan/regeneration.ts';
import { type TreeChange, diffTrees } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';
import { GENERATOR_VERSION, generatorVersionOf } from './generated-file.ts';
import type { Generator } from './regenerate.ts';
import { readServiceHeads, readServiceInputs } from './service-inputs.ts';
import { type TreeTexts, loadTexts, treeTexts } from './tree-texts.ts';

/** Which generated files, in which two states. */
export interface GeneratedPair {
  readonly tenant: string;
  readonly environment: string;
  /** All services when absent. */
  readonly service: string | undefined;
  /** As it would be after a rollback, and as it was at its target. */
  readonly after: Oid;
  readonly target: Oid;
  /** Files that differ from the target by the pins of the rollback alone: what keeps things exact is no reason. */
  readonly pinned?: ReadonlySet<string>;
}

/** Compares what is generated with what was, and finds out why it differs. Nothing where nothing is generated. */
export function* compareGenerated(generator: Generator, pair: GeneratedPair): Walk<Regeneration | undefined> {
  const { layout } = generator;
  const { service, after, target } = pair;
  const select = selectGenerated(layout, pair);
  const all = yield* diffTrees(target, after, select);
  const byService = new Map<string, TreeChange[]>();
  for (const change of all) {
    const name = ownerOf(layout, change.path)?.service;
    if (name === undefined || (service !== undefined && name !== service)) continue;
    byService.set(name, [...(byService.get(name) ?? []), change]);
  }
  if (byService.size === 0) {
    if ((yield* listPaths(after, select, 1)).size === 0) return undefined;
    return { exact: true, differs: [] };
  }
  const differs: RegenerationDifference[] = [];
  for (const [name, changes] of byService)
    differs.push({
      service: name,
      reasons: yield* whyDifferent(generator, { ...pair, service: name }, changes),
    });
  return { exact: false, differs: differs.toSorted((a, b) => (a.service < b.service ? -1 : 1)) };
}

function* whyDifferent(
  generator: Generator,
  pair: GeneratedPair & { readonly service: string },
  changes: readonly TreeChange[],
): Walk<readonly string[]> {
  if (changes.every(({ before }) => before === undefined)) return ['nothing was generated for it then'];
  const { tenant, environment, service } = pair;
  const [after, target] = [treeTexts(pair.after), treeTexts(pair.target)];
  const heads = yield* readServiceHeads(after, generator, [{ tenant, environment, service }]);
  const [inputs] = yield* readServiceInputs(after, generator.layout, heads);
  if (!inputs) return ['it has no service.yaml now'];
  const files = [PROJECT_FILE, ...inputs.files, ...inputs.inputs.keys()];
  yield* loadTexts(after, { files: [PROJECT_FILE], folders: [] });
  yield* loadTexts(target, { files, folders: inputs.folders });
  const all = movedPaths(after, target, [...files, ...target.entries.keys()]);
  const others = all.filter((path) => !pair.pinned?.has(path));
  // A pin that is the only difference is the reason after all.
  const moved = others.length > 0 ? others : all;
  if (moved.length > 0) return moved.map((path) => `${path} is not as it was then`);
  return [yield* whyWithoutInputs(changes)];
}

function movedPaths(after: TreeTexts, target: TreeTexts, paths: readonly string[]): readonly string[] {
  const differs = (path: string): boolean => {
    const [now, then] = [after.entries.get(path), target.entries.get(path)];
    return now?.oid !== then?.oid || now?.mode !== then?.mode;
  };
  return [...new Set(paths)].filter(differs).toSorted();
}

/** The same sources gave something else: an older generator, or somebody who is none. */
function* whyWithoutInputs(changes: readonly TreeChange[]): Walk<string> {
  const texts = yield* readTexts(textOids(changes.map(({ before }) => before)));
  const versions = [...texts.values()].map(generatorVersionOf);
  const other = versions.find((version) => version !== undefined && version !== GENERATOR_VERSION);
  if (other !== undefined) return `the generator had version ${other} then and has ${GENERATOR_VERSION} now`;
  return 'its generated files were not what its sources said then';
}
