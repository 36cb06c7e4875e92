import type { Kysely } from 'kysely';
import type { AccountRow, AccountGroupRow, IdentityRow } from './accounts.ts';
import type { AuditTableRow, CheckpointRow } from './audit.ts';
import type { BreakGlassRow, BreakGlassUseRow } from './break-glass.ts';
import type { DeploymentRow, DeploymentServiceRow, PlaceRow, RevisionRow } from './deployment-rows.ts';
import type { DeliveryAttemptRow, DeliveryRow } from './deliveries.ts';
import type { WebhookRow } from './webhooks.ts';
import type { GrantRow } from './grants.ts';
import type { IdempotencyRow } from './idempotency-keys.ts';
import type { IndexProgressRow } from './index-progress.ts';
import type { LeaseRow } from './leases.ts';
import type { NoteRow } from './notes.ts';
import type { OneTimeLinkRow } from './one-time-links.ts';
import type { OutboxRow } from './outbox.ts';
import type { PolicyRow } from './policies.ts';
import type { ProjectRow } from './projects.ts';
import type { RequestPlaceRow, RequestRow } from './request-rows.ts';
import type { ReviewRow } from './reviews.ts';
import type { SessionRow } from './sessions.ts';
import type { SettingRow } from './settings.ts';
import type { SignInAttemptRow } from './sign-in-attempts.ts';
import type { TokenRow } from './tokens.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** The tables, with their columns in camel case. */
export interface Database {
  readonly migrations: { readonly name: string; readonly appliedAt: number };
  readonly accounts: AccountRow;
  readonly identities: IdentityRow;
  readonly accountGroups: AccountGroupRow;
  readonly grants: GrantRow;
  readonly sessions: SessionRow;
  readonly tokens: TokenRow;
  readonly oneTimeLinks: OneTimeLinkRow;
  readonly signInAttempts: SignInAttemptRow;
  readonly projects: ProjectRow;
  readonly policies: PolicyRow;
  readonly settings: SettingRow;
  readonly leases: LeaseRow;
  readonly revisions: RevisionRow;
  readonly places: PlaceRow;
  readonly deployments: DeploymentRow;
  readonly deploymentServices: DeploymentServiceRow;
  readonly indexProgress: IndexProgressRow;
  readonly requests: RequestRow;
  readonly requestPlaces: RequestPlaceRow;
  readonly reviews: ReviewRow;
  readonly notes: NoteRow;
  readonly breakGlassSessions: BreakGlassRow;
  readonly breakGlassUses: BreakGlassUseRow;
  readonly audit: AuditTableRow;
  readonly auditCheckpoints: CheckpointRow;
  readonly outbox: OutboxRow;
  readonly webhooks: WebhookRow;
  readonly deliveries: DeliveryRow;
  readonly deliveryAttempts: DeliveryAttemptRow;
  readonly idempotencyKeys: IdempotencyRow;
}

/** The database itself or a transaction of it: every family of queries works on either. */
export type Queries = Kysely<Database>;
