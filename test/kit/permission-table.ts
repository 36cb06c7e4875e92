import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OperationId, operationIds } from '../../src/contract/operations.ts';
import { type Role, type TokenScope, roles } from '../../src/domain/people/actor.ts';
import type { GrantableVerb } from '../../src/domain/people/verb.ts';
import { root } from './fresh-clone.ts';

/** `y`, or the status with which somebody is sent away. */
export type Cell = 'y' | '401' | '403' | '404';
export type RoleName = Role | '-';
export const roleNames: readonly RoleName[] = ['-', ...roles];
export const tenantNames = ['acme', 'globex'] as const;
export type TenantName = (typeof tenantNames)[number];

/** One line of the table of permissions. */
export interface PermissionRow {
  readonly title: string;
  readonly id: OperationId;
  /** Whose thing is asked for, where that matters. */
  readonly whose: 'own' | 'another' | undefined;
  readonly nobody: Cell;
  readonly byRole: Readonly<Record<RoleName, Cell>>;
  /** What a token needs: all of these; nothing at all; or there is none that may. */
  readonly scopes: readonly TokenScope[] | 'none';
  readonly program: boolean;
  /** Absent where nobody needs one; `.` where none helps. */
  readonly grant: GrantableVerb | '.' | undefined;
  /** By the one tenant for which somebody has every grant, who asks about acme. */
  readonly byTenant: Readonly<Record<TenantName, Cell>>;
}

function readRow(line: string): PermissionRow {
  const [title = '', nobody, byRole = '', token = '', program, grant = '', byTenant = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  const id = operationIds.find((known) => known === title.split(' ', 1)[0]);
  const cells = byRole.split(/\s+/);
  const [acme, globex] = byTenant.split(/\s+/);
  if (id === undefined || cells.length !== roleNames.length || globex === undefined)
    throw new Error(`cannot be read: ${line}`);
  return {
    title,
    id,
    whose: title.includes(' own') ? 'own' : title.includes(' another') ? 'another' : undefined,
    nobody: nobody as Cell,
    byRole: Object.fromEntries(roleNames.map((role, at) => [role, cells[at]])) as PermissionRow['byRole'],
    scopes: token === 'none' ? 'none' : token === 'any' ? [] : (token.split('+') as TokenScope[]),
    program: program === 'y',
    grant: grant === '' ? undefined : (grant as GrantableVerb),
    byTenant: { acme: acme as Cell, globex: globex as Cell },
  };
}

const lines = readFileSync(join(root, 'test/golden/permissions.txt'), 'utf8').split('\n');

/** What agents' door answers, by what is asked for: the cells of one line in their order. */
export const agentPermissions: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  lines
    .filter((line) => line.startsWith('agent.v1 ') && !line.includes('nobody'))
    .map((line) => {
      const [title = '', ...cells] = line.split(/[\s|]+/).slice(1);
      return [title, cells];
    }),
);

/** The table of permissions as it was written by hand. */
export const permissionTable: readonly PermissionRow[] = lines
  .filter((line) => line !== '' && !/^(?:#|operation |agent\.v1 )/.test(line))
  .map(readRow);
