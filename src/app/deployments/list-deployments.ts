import type { Actor } from '../../domain/people/actor.ts';
import type { Deployment, DeploymentSource, DeploymentStatus } from '../../domain/deployment/deployment.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { DeploymentCursor } from '../../store/deployment-list.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { recurringRows } from '../requests/recurring.ts';
import { type DeploymentStanding, judgeDeployments } from './judge-deployments.ts';
import { currentDeployments } from './current-deployments.ts';

export interface DeploymentQuery {
  readonly slug: string;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
  readonly author?: string | undefined;
  /** Part of the summary, or the start of the revision. */
  readonly text?: string | undefined;
  readonly source?: DeploymentSource | undefined;
  readonly status?: DeploymentStatus | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A row of history; `current` is true for the one that is in force in its tenant-environment. */
export interface ShownDeployment extends Deployment {
  readonly current: boolean;
  /** Whether it is known to have worked. */
  readonly standing: DeploymentStanding;
  /** Which rollback of its tenant-environment it is within thirty days, from the third on. */
  readonly recurring: number | undefined;
}

type Judged = Pick<ShownDeployment, 'standing' | 'recurring'>;

export interface DeploymentPageShown {
  readonly deployments: readonly ShownDeployment[];
  readonly nextCursor: string | undefined;
}

const usualPage = 50;

/** The history of a project or of a part of it, newest first, as far as it is indexed. */
export async function listDeployments(
  hub: Hub,
  actor: Actor,
  query: DeploymentQuery,
): Promise<DeploymentPageShown> {
  const project = await findProject(hub.store, actor, query.slug);
  const { tenant, environment, service, author, text, source, status } = query;
  const where = {
    ...(tenant === undefined ? {} : { tenant }),
    ...(environment === undefined ? {} : { environment }),
  };
  demandRight(actor, 'read', { projectId: project.id, ...where });
  const filter = { ...where, service, author, text, sources: source && [source], status };
  const page = { after: readCursor(query.cursor), limit: query.limit ?? usualPage };
  const { deployments, next } = await hub.store.deployments.list(project.id, filter, page);
  const isCurrent = await currentDeployments(hub, project.id);
  return {
    deployments: await withStandings(
      hub,
      deployments.map((row) => ({ ...row, current: isCurrent(row) })),
    ),
    nextCursor: next && `${next.position}.${next.place}`,
  };
}

/** Adds how each of them stands, and whether it is a rollback that recurs. */
export async function withStandings<Row extends Omit<ShownDeployment, keyof Judged>>(
  hub: Hub,
  rows: readonly Row[],
): Promise<readonly (Row & Judged)[]> {
  const standings = await judgeDeployments(hub, rows);
  const recurring = await recurringRows(hub, rows);
  return rows.flatMap((row, index) => {
    const standing = standings[index];
    return standing ? [{ ...row, standing, recurring: recurring[index] }] : [];
  });
}

function readCursor(text: string | undefined): DeploymentCursor | undefined {
  if (text === undefined) return undefined;
  const [, position, place] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (position === undefined) throw new Refusal('input_invalid', { reason: 'cursor is not one of ours' });
  return { position: Number(position), place: Number(place) };
}
