import { changedObjects } from '../delivery/changed-objects.ts';
import { objectHazards } from '../delivery/object-hazards.ts';
import { sourceHazards } from '../delivery/source-hazards.ts';
import { ownerOf } from '../domain/layout/layout.ts';
import { generatedOutside } from '../domain/plan/generated-outside.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { goesBack } from '../domain/plan/plan-parts.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import { everything } from '../tree/select.ts';
import { generatorAfter } from './compare-regenerated.ts';
import { irreversibleHazards } from './irreversible-commits.ts';
import type { PlannedChange } from './plan-preview.ts';
import { schemaHazards } from './schema-hazards.ts';

/**
 * The same plan with what a cluster would lose or refuse of what the change generates, what its files bring back that
 * Git alone cannot, and the commits that say they cannot be taken back; and how many generated files of others change.
 */
export async function addHazards(reader: ObjectReader, { result }: PlannedChange, plan: Plan): Promise<Plan> {
  const { tree } = await readCommit(reader, plan.base);
  if (tree === result.tree) return plan;
  const back = goesBack(plan);
  const after = await generatorAfter(reader, result);
  const ahead = readerAhead(reader, result.objects);
  const changes = await drive(ahead, diffTrees(tree, result.tree, everything));
  const layout = after?.generator.layout;
  const generated = layout ? await drive(ahead, changedObjects(layout, changes, result.tree)) : nothing;
  const isGenerated = (path: string): boolean =>
    layout !== undefined && ownerOf(layout, path)?.generated === true;
  const hazards = [
    ...plan.hazards,
    ...objectHazards(generated.before, generated.after, generated.beside),
    ...(await schemaHazards(generated.after)),
    ...(await drive(ahead, sourceHazards({ changes, after: result.tree, back, isGenerated }))),
    ...(back ? await irreversibleHazards(reader, plan) : []),
  ];
  return { ...plan, hazards, generatedOutside: layout && generatedOutside(layout, changes, plan) };
}

const nothing = { before: [], after: [], beside: [] };
