import { compareGenerated } from '../delivery/compare-generated.ts';
import { generatedHazards } from '../delivery/generated-hazards.ts';
import { generatorOf } from '../delivery/regenerate.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Regeneration } from '../domain/plan/regeneration.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerWith } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import type { PlannedChange } from './plan-preview.ts';
import { readProjectFile } from './read-project-file.ts';

/**
 * Whether what a rollback generates is what was generated at its target; nothing for other changes, and where nothing
 * is generated.
 */
export async function compareRegenerated(
  reader: ObjectReader,
  { plan, result }: PlannedChange,
): Promise<Regeneration | undefined> {
  const { kind, tenant, environment, service, target } = plan;
  if (kind !== 'rollback' || target === undefined) return undefined;
  if (tenant === undefined || environment === undefined) return undefined;
  const ahead = readerWith(reader, new Map(result.objects.map((object) => [object.oid, object])));
  const project = await readProjectFile(ahead, result.tree, []);
  const generator = project && generatorOf(project);
  if (!generator) return undefined;
  const pair = { after: result.tree, target: (await readCommit(reader, target)).tree };
  return drive(ahead, compareGenerated(generator, { tenant, environment, service, ...pair }));
}

/** The same plan with what a cluster would lose or refuse of what the change generates. */
export async function addHazards(reader: ObjectReader, { result }: PlannedChange, plan: Plan): Promise<Plan> {
  const ahead = readerWith(reader, new Map(result.objects.map((object) => [object.oid, object])));
  const project = await readProjectFile(ahead, result.tree, []);
  const generator = project && generatorOf(project);
  if (!generator) return plan;
  const { tree } = await readCommit(reader, plan.base);
  const hazards = await drive(ahead, generatedHazards(generator.layout, tree, result.tree));
  return { ...plan, hazards: [...plan.hazards, ...hazards] };
}
