import { generatedHazards } from '../delivery/generated-hazards.ts';
import { sourceHazards } from '../delivery/source-hazards.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { generatorAfter } from './compare-regenerated.ts';
import { irreversibleHazards } from './irreversible-commits.ts';
import type { PlannedChange } from './plan-preview.ts';

/**
 * The same plan with what a cluster would lose or refuse of what the change generates, what its files bring back that
 * Git alone cannot, and the commits that say they cannot be taken back.
 */
export async function addHazards(reader: ObjectReader, { result }: PlannedChange, plan: Plan): Promise<Plan> {
  const { tree } = await readCommit(reader, plan.base);
  if (tree === result.tree) return plan;
  const back = plan.kind === 'rollback' || plan.kind === 'undo';
  const after = await generatorAfter(reader, result);
  const hazards = [
    ...plan.hazards,
    ...(after ? await drive(after.reader, generatedHazards(after.generator.layout, tree, result.tree)) : []),
    ...(await drive(
      readerAhead(reader, result.objects),
      sourceHazards({ before: tree, after: result.tree, back }),
    )),
    ...(back ? await irreversibleHazards(reader, plan) : []),
  ];
  return { ...plan, hazards };
}
