import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { executeCommand } from './command.ts';
import { commandFault, commandPayloadOf, commandSpecText } from './command-spec.ts';
import { goTime } from './go-json.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const at = Date.UTC(2026, 10, 20, 14, 0, 0);
const expiresAt = goTime(at + 60_000);

const command = (change: object = {}) =>
  executeCommand.parse({
    commandId: 'cmd_1',
    requiredCapability: 'argocd.write',
    expiresAt,
    specHash: hash(
      commandSpecText({
        requiredCapability: 'argocd.write',
        expiresAt,
        kind: 'argoSync',
        payload: { application: 'api', namespace: 'argocd' },
      }),
    ),
    requestedBy: 'jane@example.com',
    argoSync: { application: 'api', namespace: 'argocd' },
    ...change,
  });
const fault = (change: object = {}, allowed: readonly string[] = ['observe', 'argocd.write']) =>
  commandFault(command(change), { at, hash, allowed });

test('what is hashed has the order of the protocol, whatever order the members came in', () => {
  const payload = { dryRun: false, prune: true, project: '', namespace: 'argocd', application: 'a&b' };
  const spec = { requiredCapability: 'argocd.write', expiresAt, kind: 'argoSync', payload } as const;
  expect(commandSpecText(spec)).toBe(
    '{"requiredCapability":"argocd.write","expiresAt":"2026-11-20T14:01:00Z","argoSync":{"application":"a\\u0026b","namespace":"argocd","prune":true}}',
  );
});

test('members that Go always writes are hashed though they are empty', () => {
  const spec = { requiredCapability: 'k8s.scale', expiresAt, kind: 'scaleWorkload' } as const;
  const payload = { kind: 'Deployment', name: 'api', replicas: 0 };
  expect(commandSpecText({ ...spec, payload })).toBe(
    '{"requiredCapability":"k8s.scale","expiresAt":"2026-11-20T14:01:00Z","scaleWorkload":{"namespace":"","kind":"Deployment","name":"api","replicas":0}}',
  );
  expect(commandSpecText({ ...spec, kind: 'runDriftScan', payload: {} })).toContain(',"runDriftScan":{}}');
});

test('a command that is what it says may be carried out', () => {
  expect(fault()).toBeUndefined();
  expect(commandPayloadOf(command())?.kind).toBe('argoSync');
});

test.for([
  [{ argoSync: { application: 'other', namespace: 'argocd' } }, 'not what its hash says'],
  [{ argoSync: { application: 'api', namespace: 'argocd', prune: true } }, 'not what its hash says'],
  [{ specHash: '' }, 'not what its hash says'],
  [{ requiredCapability: 'observe' }, 'needs the capability argocd.write'],
  [{ expiresAt: goTime(at) }, 'has expired'],
  [{ expiresAt: 'soon' }, 'has expired'],
  [{ runDriftScan: { scope: 'all' } }, 'or more than one'],
  [{ argoSync: null, argoRollback: { application: 'api' } }, 'no payload that this agent knows'],
] as const)('a command changed by %o is refused', ([change, reason]) => {
  expect(fault(change)).toContain(reason);
});

test('an agent does nothing that it was not allowed', () => {
  expect(fault({}, ['observe'])).toBe('this agent may not do argoSync: it lacks argocd.write');
});
