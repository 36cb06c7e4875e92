import { type HealthRecord, joinHealth } from '../../domain/cluster/health-record.ts';
import type { Deployment } from '../../domain/deployment/deployment.ts';
import { type Judgement, judgeDeployment } from '../../domain/deployment/known-good.ts';
import type { DeploymentMark } from '../../store/deployment-marks.ts';
import type { Hub } from '../hub.ts';

/** Whether a deployment is known to have worked, and from what. */
export interface DeploymentStanding extends Judgement {
  /** Over all Applications that ran it; undefined when none was reported. */
  readonly health: HealthRecord | undefined;
  readonly mark: DeploymentMark | undefined;
}

type Row = Pick<
  Deployment,
  'projectId' | 'tenant' | 'environment' | 'revision' | 'position' | 'at' | 'status'
>;

const placeOf = ({ projectId, tenant, environment }: Row): string =>
  JSON.stringify([projectId, tenant, environment]);

/** How each of these deployments stands, in their order. */
export async function judgeDeployments(
  hub: Hub,
  rows: readonly Row[],
): Promise<readonly DeploymentStanding[]> {
  const standings = new Map<Row, DeploymentStanding>();
  for (const place of Map.groupBy(rows, placeOf).values())
    for (const [row, standing] of await judgePlace(hub, place)) standings.set(row, standing);
  return rows.map((row) => standings.get(row) ?? unseen);
}

const unseen: DeploymentStanding = {
  goodness: 'unknown',
  reason: 'no cluster reported how it was',
  health: undefined,
  mark: undefined,
};

/** All rows are of one tenant-environment. */
async function judgePlace(
  { store, clock }: Hub,
  rows: readonly Row[],
): Promise<readonly (readonly [Row, DeploymentStanding])[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const { projectId } = first;
  const revisions = rows.map(({ revision }) => revision);
  const health = Map.groupBy(
    await store.deploymentHealth.of(projectId, first, revisions),
    ({ revision }) => revision,
  );
  const marks = new Map(
    (await store.deploymentMarks.of(projectId, first, revisions)).map((mark) => [mark.revision, mark]),
  );
  const since = Math.min(...rows.map(({ at }) => at));
  const signals = await store.deploymentSignals.of(projectId, first, since);
  const found: (readonly [Row, DeploymentStanding])[] = [];
  for (const row of rows) {
    const record = joinHealth(health.get(row.revision) ?? []);
    const said = marks.get(row.revision);
    const mark = said?.mark === 'none' ? undefined : said;
    // What comes next matters only where something is known at all.
    const seen = record !== undefined || signals.length > 0;
    const next = seen ? await store.deployments.after(projectId, row, row.position) : undefined;
    const judgement = judgeDeployment({
      status: row.status,
      at: row.at,
      nextAt: next?.at,
      now: clock(),
      health: record,
      mark: mark && { mark: mark.mark === 'bad' ? 'bad' : 'good', by: mark.byName, reason: mark.reason },
      signals,
    });
    found.push([row, { ...judgement, health: record, mark }]);
  }
  return found;
}
