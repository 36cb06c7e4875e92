import { describe, expect, test } from 'vitest';
import { type Role, type TokenScope, roles, tokenScopes } from './actor.ts';
import { accountOf, actorOf } from './actor.test-kit.ts';
import { canSee, decide, decideSomewhere, decideAll, decideHandOut, demandRoleWithinOwn } from './rights.ts';
import { type GrantableVerb, type Verb, isGrantable, verbs } from './verb.ts';

// The golden table, by hand. Columns: who has the right by role (nobody, viewer, member, admin, owner), by a grant of
// the verb, the scope a token needs, a service account that is owner, a cluster agent, the hub itself.
const golden = `
verb                -  viewer member admin owner | grant | scope       | service | agent | system
read                .  y      y      y     y     | y     | read        | y       | .     | y
preview             .  y      y      y     y     | y     | read        | y       | .     | y
own_account         y  y      y      y     y     | .     | account     | y       | .     | .
request             .  .      y      y     y     | y     | request     | y       | .     | .
cancel_own          .  .      y      y     y     | y     | request     | y       | .     | .
note                .  .      y      y     y     | y     | request     | y       | .     | y
push                .  .      y      y     y     | y     | push        | y       | .     | .
judge               .  .      y      y     y     | y     | request     | y       | .     | .
approve             .  .      .      y     y     | y     | approve     | .       | .     | .
execute             .  .      .      y     y     | y     | execute     | y       | .     | y
cancel_any          .  .      .      y     y     | y     | execute     | y       | .     | y
break_glass         .  .      .      y     y     | y     | break_glass | .       | .     | .
break_glass_end     y  y      y      y     y     | .     | break_glass | .       | .     | .
break_glass_review  .  .      .      y     y     | y     | approve     | .       | .     | .
policy              .  .      .      y     y     | y     | admin       | y       | .     | .
project             .  .      .      y     y     | y     | admin       | y       | .     | y
tokens              .  .      .      y     y     | .     | admin       | y       | .     | .
webhooks            .  .      .      y     y     | .     | admin       | y       | .     | .
clusters            .  .      .      y     y     | .     | admin       | y       | .     | y
lift_hold           .  .      .      y     y     | y     | execute     | .       | .     | .
audit               .  .      .      y     y     | .     | admin       | y       | .     | y
members             .  .      .      .     y     | .     | admin       | y       | .     | y
plan                .  .      .      .     y     | .     | admin       | y       | .     | y
push_protected      .  .      .      .     .     | y     | push        | .       | .     | .
agent_report        .  .      .      .     .     | .     | none        | .       | y     | .
`;

interface Row {
  readonly verb: Verb;
  readonly byRole: readonly boolean[];
  readonly byGrant: boolean;
  readonly scope: string;
  readonly service: boolean;
  readonly agent: boolean;
  readonly system: boolean;
}

const table: Row[] = golden
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [left = '', grant, scope = '', service, agent, system] = line.split('|').map((cell) => cell.trim());
    const [verb = '', ...byRole] = left.split(/\s+/);
    return {
      verb: verb as Verb,
      byRole: byRole.map((cell) => cell === 'y'),
      byGrant: grant === 'y',
      scope,
      service: service === 'y',
      agent: agent === 'y',
      system: system === 'y',
    };
  });

const place = { projectId: 'prj_1', tenant: 'acme', environment: 'production' };
const allRoles: (Role | undefined)[] = [undefined, ...roles];
const expected = (row: Row, role: Role | undefined): boolean => row.byRole[allRoles.indexOf(role)] ?? false;

test('the golden table names every verb once', () => {
  expect(table.map(({ verb }) => verb).toSorted()).toEqual([...verbs].toSorted());
});

describe.each(table)('$verb', (row) => {
  test.each(allRoles)('by role %s, through every credential of a person', (role) => {
    const may = expected(row, role);
    // What no grant can give is asked about the whole instance.
    const where = isGrantable(row.verb) ? place : {};
    const by = (credential: Parameters<typeof actorOf>[1]) =>
      decide(actorOf({ role }, credential), row.verb, where).allowed;
    expect(by({ kind: 'session' })).toBe(may);
    expect(by({ kind: 'token', scopes: [...tokenScopes] })).toBe(may);
    expect(by({ kind: 'token', scopes: [] })).toBe(false);
    expect(by({ kind: 'token', scopes: undefined })).toBe(false);
    for (const scope of tokenScopes) {
      expect(by({ kind: 'token', scopes: [scope] })).toBe(may && scope === row.scope);
      const others = tokenScopes.filter((other) => other !== scope);
      expect(by({ kind: 'token', scopes: others })).toBe(may && scope !== row.scope);
    }
    expect(by({ kind: 'agent' })).toBe(row.agent);
    expect(by({ kind: 'system' })).toBe(row.system);
  });

  test('by a grant, at its place only', () => {
    const grants = [
      { verb: row.verb as GrantableVerb, projectId: 'prj_1', tenant: 'acme', environment: 'production' },
    ];
    const anyhow = expected(row, undefined);
    const granted = actorOf({ role: undefined, grants });
    expect(decide(granted, row.verb, place).allowed).toBe(row.byGrant || anyhow);
    expect(decide(granted, row.verb, { ...place, environment: 'dev' }).allowed).toBe(anyhow);
    expect(decide(granted, row.verb, { ...place, tenant: 'acme-eu' }).allowed).toBe(anyhow);
    expect(decide(granted, row.verb, { projectId: 'prj_1' }).allowed).toBe(anyhow);
    expect(decide(granted, row.verb, { ...place, projectId: 'prj_2' }).allowed).toBe(false);
    expect(decide(granted, row.verb).allowed).toBe(anyhow);
  });

  test('by a service account, and by nobody who is disabled', () => {
    const service = actorOf({ role: 'owner', kind: 'service_account', ownerId: 'usr_r' });
    expect(decide(service, row.verb, place).allowed).toBe(row.service);
    for (const kind of ['session', 'token', 'agent', 'system'] as const) {
      const disabled = actorOf({ role: 'owner', disabled: true }, { kind, scopes: [...tokenScopes] });
      expect(decide(disabled, row.verb, place).refusal?.code).toBe('account_disabled');
    }
  });
});

describe('the words of a No', () => {
  const words = (...input: Parameters<typeof decide>) => decide(...input).refusal?.message;

  test('a stranger learns nothing about a project', () => {
    const stranger = actorOf({ role: undefined });
    const verdict = decide(stranger, 'approve', place);
    expect(verdict.refusal?.kind).toBe('not_found');
    expect(canSee(accountOf({ role: undefined }), 'prj_1')).toBe(false);
  });

  test('the verb, the place and the missing role are named', () => {
    expect(words(actorOf({ role: 'member' }), 'approve', place)).toBe(
      'you may not approve or reject in acme/production: it needs the role admin, and you are member',
    );
    expect(words(actorOf({ role: 'owner' }), 'push_protected', place)).toBe(
      'you may not push to protected paths in acme/production: no role has this right, only a grant',
    );
  });

  test('the missing scope is named', () => {
    const scopes: TokenScope[] = ['read'];
    expect(words(actorOf({ role: 'admin' }, { kind: 'token', scopes }), 'approve', place)).toBe(
      'this token may not approve or reject: it lacks the scope approve',
    );
  });

  test('a service account is told that it takes a person', () => {
    const bot = actorOf({ role: 'owner', kind: 'service_account', name: 'ci', ownerId: 'usr_r' });
    expect(words(bot, 'approve', place)).toBe('only a person may approve or reject; ci is a service account');
  });
});

test('a grant of anything lets its holder look at that place', () => {
  const grants = [{ verb: 'approve' as const, projectId: 'prj_1', tenant: 'acme', environment: undefined }];
  const approver = actorOf({ role: undefined, grants });
  expect(decide(approver, 'read', place).allowed).toBe(true);
  expect(decide(approver, 'preview', { ...place, environment: 'dev' }).allowed).toBe(true);
  expect(decide(approver, 'request', place).allowed).toBe(false);
  expect(canSee(approver, 'prj_1')).toBe(true);
});

test('a change that reaches two tenant-environments needs the right in both', () => {
  const grants = [
    { verb: 'request' as const, projectId: 'prj_1', tenant: 'acme', environment: 'production' },
  ];
  const actor = actorOf({ role: undefined, grants });
  const other = { ...place, tenant: 'globex' };
  expect(decideAll(actor, 'request', [place]).allowed).toBe(true);
  expect(decideAll(actor, 'request', [place, other]).allowed).toBe(false);
});

test('a token hands out at most what it has itself', () => {
  const token = actorOf({ role: 'owner' }, { kind: 'token', scopes: ['account', 'read'] });
  expect(decideHandOut(token, ['read']).allowed).toBe(true);
  expect(decideHandOut(token, ['read', 'approve']).refusal?.message).toBe(
    'a token cannot hand out the scope approve, which it does not have itself',
  );
  expect(decideHandOut(actorOf({ role: 'viewer' }), ['read', 'approve']).allowed).toBe(true);
  const weak = actorOf({ role: 'owner' }, { kind: 'token', scopes: ['read'] });
  expect(decideHandOut(weak, ['read']).allowed).toBe(false);
});

test('a grant of one place is enough to begin with where the place is not known yet', () => {
  const grants = [{ verb: 'request', projectId: 'prj_1', tenant: 'acme', environment: undefined }] as const;
  const granted = actorOf({ role: undefined, grants });
  expect(decideSomewhere(granted, 'request', 'prj_1').allowed).toBe(true);
  expect(decideSomewhere(granted, 'approve', 'prj_1').refusal?.code).toBe('role_missing');
  expect(decideSomewhere(granted, 'request', 'prj_2').refusal?.code).toBe('not_visible');
  expect(decideSomewhere(actorOf({ role: 'viewer' }), 'request', 'prj_1').allowed).toBe(false);
  expect(decideSomewhere(actorOf({ role: 'member' }), 'request', 'prj_1').allowed).toBe(true);
});

test('nobody hands out a role above their own', () => {
  const admin = actorOf({ role: 'admin' });
  for (const role of ['viewer', 'member', 'admin', undefined] as const)
    expect(() => demandRoleWithinOwn(admin, role)).not.toThrow();
  expect(() => demandRoleWithinOwn(admin, 'owner')).toThrow('the role owner is more than your own');
  expect(() => demandRoleWithinOwn(actorOf({ role: undefined }), 'viewer')).toThrow('more than your own');
});
