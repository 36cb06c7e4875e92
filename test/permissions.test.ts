import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationIds, operationOf } from '../src/contract/operations.ts';
import { type TokenScope, tokenScopes } from '../src/domain/people/actor.ts';
import { grantableVerbs } from '../src/domain/people/verb.ts';
import { type PermissionStage, permissionStage } from './kit/permission-stage.ts';
import {
  type Cell,
  type PermissionRow,
  type RoleName,
  permissionTable,
  roleNames,
  tenantNames,
} from './kit/permission-table.ts';

let stage: PermissionStage;
beforeAll(async () => {
  stage = await permissionStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test('the table has every operation, and each line once', () => {
  expect(new Set(permissionTable.map(({ id }) => id))).toEqual(new Set(operationIds));
  expect(new Set(permissionTable.map(({ title }) => title)).size).toBe(permissionTable.length);
});

/** The answers to somebody of each role. */
async function ofEachRole(ask: (role: RoleName) => Promise<Cell>): Promise<Record<string, Cell>> {
  const asked = roleNames.map(async (role) => [role, await ask(role)] as const);
  return Object.fromEntries(await Promise.all(asked));
}

const mapped = (row: PermissionRow, change: (cell: Cell) => Cell): Record<string, Cell> =>
  Object.fromEntries(roleNames.map((role) => [role, change(row.byRole[role])]));
const refused = (cell: Cell): Cell => (cell === 'y' ? '403' : cell);

/** A scope that has nothing to do with it, for what needs none. */
const enough = ({ scopes }: PermissionRow): readonly TokenScope[] =>
  scopes === 'none' ? tokenScopes : scopes.length === 0 ? ['push'] : scopes;

describe.each(permissionTable)('$title', (row) => {
  test('without a credential, and with one of a disabled account', async () => {
    expect(await stage.ask(row, { who: undefined })).toBe(row.nobody);
    // Not even an owner who is disabled gets further.
    expect(await stage.ask(row, await stage.disabled())).toBe(row.nobody);
  });

  test('by a session of each role, at each of its addresses', async () => {
    const asked = await ofEachRole(async (role) => stage.ask(row, { who: await stage.who(role) }));
    expect(asked).toEqual(row.byRole);
    if (!operationOf(row.id).alias) return;
    const alias = await ofEachRole(async (role) =>
      stage.ask(row, { who: await stage.who(role), alias: true }),
    );
    expect(alias).toEqual(row.byRole);
  });

  test('by a session of each role, for the other tenant as for the first', async () => {
    const asked = await ofEachRole(async (role) =>
      stage.ask(row, { who: await stage.who(role), tenant: 'globex' }),
    );
    expect(asked).toEqual(row.byRole);
  });

  test('by a token of each role, with no more scopes than it takes and with all the others', async () => {
    const credential = enough(row);
    const asked = await ofEachRole(async (role) =>
      stage.ask(row, { who: await stage.who(role), credential }),
    );
    expect(asked).toEqual(row.scopes === 'none' ? mapped(row, refused) : row.byRole);
    const who = await stage.who('owner');
    for (const lacking of row.scopes === 'none' ? [] : row.scopes) {
      const others = tokenScopes.filter((scope) => scope !== lacking);
      expect(await stage.ask(row, { who, credential: others }), `without ${lacking}`).not.toBe('y');
    }
  });

  test('by a service account of each role', async () => {
    const asked = await ofEachRole(async (role) =>
      stage.ask(row, { who: await stage.who(role, 'service_account'), credential: tokenScopes }),
    );
    expect(asked).toEqual(row.program ? row.byRole : mapped(row, refused));
  });

  test('by grants alone', async () => {
    const verbs = row.grant === undefined || row.grant === '.' ? grantableVerbs : [row.grant];
    const cell = await stage.ask(row, { who: await stage.granted(verbs) });
    expect(cell === 'y').toBe(row.grant !== '.');
  });

  test.each(tenantNames)(
    'by every grant for %s alone: with a session, a token, and a service account',
    async (tenant) => {
      const cell = row.byTenant[tenant];
      const who = await stage.granted(grantableVerbs, tenant);
      expect(await stage.ask(row, { who })).toBe(cell);
      const byToken = await stage.ask(row, { who, credential: tokenScopes });
      expect(byToken).toBe(row.scopes === 'none' ? refused(cell) : cell);
      const program = await stage.granted(grantableVerbs, tenant, 'service_account');
      const byProgram = await stage.ask(row, { who: program, credential: tokenScopes });
      expect(byProgram).toBe(row.program ? cell : refused(cell));
    },
  );
});
