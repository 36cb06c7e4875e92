import { type Actor, partyName, partyOf } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { DeploymentMark } from '../../store/deployment-marks.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';

export type { DeploymentMark };

export interface MarkWish {
  readonly slug: string;
  readonly revision: string;
  readonly tenant: string;
  readonly environment: string;
  /** `none` takes an earlier mark back. */
  readonly mark: DeploymentMark['mark'];
  readonly reason?: string | null | undefined;
}

/** A person's word on a deployment. Throws `revision_unknown` when it deployed nothing there. */
export async function markDeployment(hub: Hub, actor: Actor, wish: MarkWish): Promise<DeploymentMark> {
  const project = await findProject(hub.store, actor, wish.slug);
  const { tenant, environment, revision } = wish;
  const where = { tenant, environment };
  demandRight(actor, 'judge', { projectId: project.id, ...where });
  const found = await hub.store.deployments.get(project.id, where, revision);
  if (found === undefined) throw new Refusal('revision_unknown', { revision });
  const at = hub.clock();
  const mark: DeploymentMark = {
    id: hub.newId('mrk_'),
    projectId: project.id,
    ...where,
    revision,
    mark: wish.mark,
    reason: wish.reason ?? '',
    byId: actor.id,
    byName: partyName(partyOf(actor)),
    at,
  };
  await saveChange(hub, async (tx) => {
    await tx.deploymentMarks.add(mark);
    await recordChange(tx, actor, {
      at,
      action: 'deployment.marked',
      object: { type: 'deployment', id: revision },
      projectId: project.id,
      details: { ...where, mark: mark.mark, reason: mark.reason },
    });
  });
  return mark;
}
