import { expect, test } from 'vitest';
import { actorOf } from '../people/actor.test-kit.ts';
import type { Actor, Grant } from '../people/actor.ts';
import { defaultTemplates, makeLayout } from '../layout/layout.ts';
import { type PushRights, decidePush } from './push-protection.ts';

const layout = makeLayout(defaultTemplates, ['dev', 'production']);
const path = {
  dev: 'tenants/acme/dev/api/service.yaml',
  production: 'tenants/acme/production/api/service.yaml',
  shared: 'environments/production/variables.yaml',
  everywhere: 'variables.yaml',
  generated: 'delivery/acme/production/api/all.yaml',
  project: 'knowngood.yaml',
  foreign: 'README.md',
};
const guarded = { pushProtection: true, sharedPushProtection: true };
const free = { pushProtection: false, sharedPushProtection: false };
const grant = (parts: Partial<Grant>): Grant => ({
  verb: 'push',
  projectId: 'prj_1',
  tenant: undefined,
  environment: undefined,
  ...parts,
});

const codeFor = (actor: Actor, pushed: readonly string[], production = guarded): string => {
  const rights: PushRights = {
    actor,
    projectId: 'prj_1',
    layout,
    policies: new Map([
      ['dev', free],
      ['production', production],
    ]),
  };
  const { verdict, passedProtection } = decidePush(rights, pushed);
  return verdict.refusal?.code ?? (passedProtection ? 'passed' : 'open');
};

const member = actorOf({ role: 'member' });
const admin = actorOf({ role: 'admin' });

test('a member pushes what nobody protects, and a viewer nothing', () => {
  expect(codeFor(member, [path.dev, path.foreign])).toBe('open');
  expect(codeFor(member, Object.values(path).slice(0, 4), free)).toBe('open');
  expect(codeFor(actorOf({ role: 'viewer' }), [path.dev])).toBe('role_missing');
});

test('the own paths of a protected environment are closed to every role', () => {
  for (const actor of [member, admin, actorOf({ role: 'owner' })])
    expect(codeFor(actor, [path.dev, path.production])).toBe('push_protected');
});

test('shared paths have a switch of their own, of the environments that read them', () => {
  expect(codeFor(admin, [path.shared])).toBe('push_shared');
  expect(codeFor(admin, [path.everywhere])).toBe('push_shared');
  const own = { pushProtection: true, sharedPushProtection: false };
  expect(codeFor(admin, [path.shared, path.everywhere], own)).toBe('open');
  expect(codeFor(admin, ['environments/dev/variables.yaml'])).toBe('open');
});

test('the layout is for admins, and generated paths are for the hub alone', () => {
  expect(codeFor(member, [path.project])).toBe('push_project_file');
  expect(codeFor(admin, [path.project])).toBe('open');
  expect(codeFor(admin, [path.generated], free)).toBe('push_generated');
});

test('a grant passes the protection where it was given, and is told apart', () => {
  const past = (parts: Partial<Grant>) =>
    actorOf({ role: 'member', grants: [grant({ verb: 'push_protected', ...parts })] });
  expect(codeFor(past({}), [path.production])).toBe('passed');
  expect(codeFor(past({ tenant: 'acme', environment: 'production' }), [path.production])).toBe('passed');
  expect(codeFor(past({ tenant: 'globex' }), [path.production])).toBe('push_protected');
  expect(codeFor(past({ projectId: 'prj_2' }), [path.production])).toBe('push_protected');
  expect(codeFor(past({}), [path.dev])).toBe('open');
});

test('who may push to one tenant-environment only pushes nothing else', () => {
  const limited = actorOf({ role: undefined, grants: [grant({ tenant: 'acme', environment: 'dev' })] });
  expect(codeFor(limited, [path.dev])).toBe('open');
  for (const other of [path.production, path.shared, path.everywhere, path.foreign])
    expect(codeFor(limited, [path.dev, other], free)).toBe('role_missing');
});
