import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';

export interface DeploymentMarkRow {
  readonly id: string;
  readonly projectId: string;
  readonly tenant: string;
  readonly environment: string;
  readonly revision: string;
  /** `none` takes an earlier mark back. */
  readonly mark: 'good' | 'bad' | 'none';
  readonly reason: string;
  readonly byId: string;
  readonly byName: string;
  readonly at: number;
}

/** A person's word on a deployment. The latest one counts. */
export type DeploymentMark = DeploymentMarkRow;

export const deploymentMarks = (db: Queries) => ({
  add: async (mark: DeploymentMark): Promise<void> => {
    await db.insertInto('deploymentMarks').values(mark).execute();
  },
  /** Of these revisions of a tenant-environment, oldest first. */
  of: async (
    projectId: string,
    where: TenantEnvironment,
    revisions: readonly string[],
  ): Promise<readonly DeploymentMark[]> =>
    revisions.length === 0
      ? []
      : db
          .selectFrom('deploymentMarks')
          .selectAll()
          .where('projectId', '=', projectId)
          .where('tenant', '=', where.tenant)
          .where('environment', '=', where.environment)
          .where('revision', 'in', [...revisions])
          .orderBy('id')
          .execute(),
});
