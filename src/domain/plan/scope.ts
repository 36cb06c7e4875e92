import type { Oid } from '../../tree/object.ts';

/**
 * Room `domain`: layouts, plans, approval and every other rule of ours, as pure functions over values.
 * It must never know HTTP, SQL, processes, disks or the time of day: those are handed in.
 */

export type Mode = 'full' | 'service' | 'field';

export interface TenantEnvironment {
  readonly tenant: string;
  readonly environment: string;
}

/** Where a rollback happens and how much of it: the mode follows from what is named. */
export interface Scope extends TenantEnvironment {
  readonly mode: Mode;
  readonly service?: string | undefined;
  /** Field mode only: addresses or short forms as the person typed them. */
  readonly fields?: readonly string[] | undefined;
}

/** A commit of the branch, by its full id. */
export type Revision = Oid;

export const tenantEnvironmentName = (where: TenantEnvironment): string =>
  `${where.tenant}/${where.environment}`;

/** `acme/production`, or `acme/production api-gateway`. */
export const scopeName = (scope: TenantEnvironment & { readonly service?: string | undefined }): string =>
  scope.service === undefined
    ? tenantEnvironmentName(scope)
    : `${tenantEnvironmentName(scope)} ${scope.service}`;
