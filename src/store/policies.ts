import type { EnvironmentPolicy, PolicyVersion } from '../domain/policy/policy.ts';
import type { Queries } from './database.ts';
import { remembered } from './prepared.ts';

export interface PolicyRow {
  readonly projectId: string;
  readonly environment: string;
  readonly version: number;
  readonly policy: string;
  readonly changedBy: string | null;
  readonly changedAt: number;
}

/** What a policy said that was kept before it could say more. */
const unsaid: Pick<EnvironmentPolicy, 'nudge'> = { nudge: 'none' };
type Kept = Omit<EnvironmentPolicy, keyof typeof unsaid> & Partial<typeof unsaid>;

const policyFrom = (row: PolicyRow): PolicyVersion => ({
  environment: row.environment,
  version: row.version,
  policy: { ...unsaid, ...(JSON.parse(row.policy) as Kept) },
  changedBy: row.changedBy ?? undefined,
  changedAt: row.changedAt,
});

interface Versions {
  readonly projectId: string;
  readonly environment: string;
  readonly limit: number;
}

const newestFirst = remembered<Versions, PolicyRow>(['policies'], (db, value) =>
  db
    .selectFrom('policies')
    .selectAll()
    .where('projectId', '=', value('projectId'))
    .where('environment', '=', value('environment'))
    .orderBy('version', 'desc')
    .limit(value('limit'))
    .compile(),
);

/** Every version of every environment's policy. Absent means the default, which is version 0. */
export const policies = (db: Queries) => ({
  /** False when this version exists: somebody else changed the policy meanwhile. */
  add: async (projectId: string, next: PolicyVersion): Promise<boolean> => {
    const { environment, version, policy, changedBy, changedAt } = next;
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('policies')
      .values({
        projectId,
        environment,
        version,
        policy: JSON.stringify(policy),
        changedBy: changedBy ?? null,
        changedAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  latest: async (projectId: string, environment: string): Promise<PolicyVersion | undefined> => {
    const [row] = await newestFirst(db, { projectId, environment, limit: 1 });
    return row && policyFrom(row);
  },
  /** Newest first: who changed it when. */
  history: async (projectId: string, environment: string, limit = 100): Promise<readonly PolicyVersion[]> => {
    const rows = await newestFirst(db, { projectId, environment, limit });
    return rows.map(policyFrom);
  },
});
