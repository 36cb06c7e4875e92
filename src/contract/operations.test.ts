import { expect, test } from 'vitest';
import { z } from 'zod';
import { refusalTable } from '../domain/refusal/refusal.ts';
import { textLimits } from '../domain/text-limits.ts';
import { protocolErrors } from './error.ts';
import { operationIds, operationOf } from './operations.ts';

const rows = operationIds.map((id) => ({ id, ...operationOf(id) }));

test('no two operations share an address, an id or an alias', () => {
  const addresses = rows.flatMap(({ method, path, alias }) =>
    [path, ...(alias ? [alias.path] : [])].map((at) => `${method} ${at.replaceAll(/\{\w+\}/g, '{}')}`),
  );
  expect(new Set(addresses).size).toBe(addresses.length);
  const ids = rows.flatMap(({ id, alias }) => [id, ...(alias ? [alias.id] : [])]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the parameters of a path are exactly those of its schema', () => {
  for (const { id, path, alias, params } of rows) {
    for (const address of [path, ...(alias ? [alias.path] : [])]) {
      const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      expect({ id, names: new Set(Object.keys(params?.shape ?? {})) }).toEqual({ id, names: new Set(named) });
    }
  }
});

test('a GET has no body', () => {
  expect(rows.filter(({ method, body }) => method === 'GET' && body !== undefined)).toEqual([]);
});

test('every operation that changes something for somebody signed in asks for a right of its own', () => {
  const loose = rows.filter(({ method, access }) => method !== 'GET' && access === 'signed_in');
  expect(loose.map(({ id }) => id)).toEqual([]);
  const open = rows.filter(({ method, access }) => method !== 'GET' && access === 'public');
  expect(open.map(({ id }) => id)).toEqual([
    'login',
    'loginForToken',
    'useOneTimeLink',
    'useSignInCode',
    'logout',
  ]);
});

test('requests name every key they know: bodies and queries refuse others', () => {
  const lenient = rows.filter(({ id, body, query }) => {
    // Sent by programs of others, which add what they like: identity providers, and Alertmanager.
    if (id.endsWith('Oidc') || id === 'receiveSignals') return false;
    const refuses = (schema: z.ZodType | undefined) =>
      schema === undefined ||
      schema
        .safeParse({ selectedfields: ['x'] })
        .error?.issues.some(({ code }) => code === 'unrecognized_keys') === true;
    return !refuses(body) || !refuses(query);
  });
  expect(lenient.map(({ id }) => id)).toEqual([]);
});

test('the three inputs that the page names are optional, so that its own texts answer', () => {
  const { body } = operationOf('submitRollback');
  const without = { mode: 'field', tenant: 'acme', environment: 'production', service: 'api-gateway' };
  expect(body?.safeParse(without).success).toBe(true);
  const empty = { ...without, targetSha: '', selectedFields: [], justification: '' };
  expect(body?.safeParse(empty).success).toBe(true);
  const none = { ...without, targetSha: null, selectedFields: null, justification: null };
  expect(body?.safeParse(none).success).toBe(true);
});

test('a text may be as long as the domain takes it, and no longer', () => {
  const place = { mode: 'full', tenant: 'acme', environment: 'production' };
  const bodies = [
    ['submitRollback', 'justification', (text: string) => ({ ...place, justification: text })],
    ['submitRollback', 'field', (text: string) => ({ ...place, keep: [text] })],
    ['submitRollback', 'field', (text: string) => ({ ...place, selectedFields: [text] })],
    ['resubmitRequest', 'justification', (reason: string) => ({ reason })],
    ['openBreakGlass', 'justification', (text: string) => ({ justification: text })],
    ['reviewBreakGlass', 'comment', (comment: string) => ({ comment })],
    ['addNote', 'note', (text: string) => ({ text })],
  ] as const;
  for (const [id, name, bodyOf] of bodies) {
    const takes = (length: number) => operationOf(id).body?.safeParse(bodyOf('x'.repeat(length))).success;
    const limit = textLimits[name];
    expect([id, takes(limit), takes(limit + 1)]).toEqual([id, true, false]);
  }
});

test('a code of the transport is never also a refusal', () => {
  expect(Object.keys(protocolErrors).filter((code) => code in refusalTable)).toEqual([]);
});

test('the examples of the schemas are valid', () => {
  const seen: string[] = [];
  for (const { body } of rows) {
    if (!body) continue;
    for (const example of (z.globalRegistry.get(body)?.examples as unknown[] | undefined) ?? []) {
      seen.push(z.globalRegistry.get(body)?.id ?? '');
      expect(body.safeParse(example).error).toBeUndefined();
    }
  }
  expect(seen).toContain('RollbackInput');
});
