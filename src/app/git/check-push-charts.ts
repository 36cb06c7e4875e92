import { broughtCharts } from '../../delivery/brought-charts.ts';
import { decideCharts } from '../../domain/plan/chart-hazards.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { applyEdits } from '../../git/apply-edits.ts';
import { drive } from '../../git/drive.ts';
import { type ObjectReader, readerAhead } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import type { Edit } from '../../tree/edit.ts';
import type { Oid } from '../../tree/object.ts';
import { everything } from '../../tree/select.ts';
import { askCharts } from '../ask-registries.ts';
import type { Hub } from '../hub.ts';
import { readLayout } from '../projects/read-layout.ts';

/** A push to the branch that the cluster reads, from commit to commit, and what will be generated after it. */
export interface PushedSources {
  readonly before: Oid;
  readonly after: Oid;
  readonly generated: readonly Edit[];
}

/**
 * Throws delivery_invalid, with file and line, when a push asks for a version of a chart that its repository has not.
 * Only where registries may be asked; who cannot tell stops nothing.
 */
export async function checkPushCharts(
  hub: Pick<Hub, 'imageRegistries'>,
  reader: ObjectReader,
  { before, after, generated }: PushedSources,
): Promise<void> {
  if (!hub.imageRegistries.named) return;
  const [was, is] = [await readCommit(reader, before), await readCommit(reader, after)];
  const { layout } = await readLayout(reader, is.tree);
  const made = await applyEdits(reader, is.tree, generated);
  const ahead = readerAhead(reader, made.objects);
  const changes = await drive(ahead, diffTrees(was.tree, made.tree, everything));
  const { charts } = await drive(ahead, broughtCharts({ changes, after: made.tree, layout }));
  demand(decideCharts(await askCharts(hub, charts)));
}
