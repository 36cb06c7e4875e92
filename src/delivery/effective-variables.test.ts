import { expect, test } from 'vitest';
import { type VariableSets, effectiveVariables, fillText } from './effective-variables.ts';
import { readPlaceholders } from './placeholder.ts';
import { readVariables } from './read-variables.ts';
import type { VariableScope } from './variable.ts';

const setsOf = (texts: Partial<Record<VariableScope, string>>): VariableSets =>
  Object.fromEntries(
    Object.entries(texts).map(([scope, text]) => [
      scope,
      readVariables({ file: `${scope}.yaml`, scope: scope as VariableScope, text }),
    ]),
  );

const at = { file: 'service.yaml', line: 7 };
const filling = (texts: Partial<Record<VariableScope, string>>) => {
  const variables = effectiveVariables(setsOf(texts));
  return (text: string) => fillText(text, at, (asked) => variables.resolve(asked, at).value);
};
const everywhere = { service: 'A: s', tenant: 'A: t', environment: 'A: e', repository: 'A: r' };

test('the nearest scope wins, and a pinned scope is asked alone', () => {
  const fill = filling(everywhere);
  const texts = ['', 'svc.', 'tenant.', 'env.', 'repo.'].map((scope) => fill(`{{hq.var.${scope}A}}`));
  expect(texts.map((value) => value.kind === 'plain' && value.text)).toEqual(['s', 's', 't', 'e', 'r']);
  const { service: _, ...farther } = everywhere;
  expect(filling(farther)('{{hq.var.A}}')).toMatchObject({ text: 't' });
});

test('a lone placeholder has the type of its variable; inside a text it is text', () => {
  const fill = filling({ tenant: 'N: 1.10\nB: true\nQ: "5"\n' });
  expect(fill('{{hq.var.N}}')).toEqual({ kind: 'plain', value: 1.1, text: '1.10' });
  expect(fill('{{hq.var.B}}')).toEqual({ kind: 'plain', value: true, text: 'true' });
  expect(fill('{{hq.var.Q}}')).toEqual({ kind: 'plain', value: '5', text: '5' });
  expect(fill('v{{hq.var.N}}-{{hq.var.Q}}')).toEqual({ kind: 'plain', value: 'v1.10-5', text: 'v1.10-5' });
});

test('variables may speak of others, wherever those are set', () => {
  const fill = filling({
    repository: 'URL: "https://{{hq.var.HOST}}/"\nHOST: example.com\n',
    tenant: 'HOST: "{{hq.var.tenant.NAME}}.example.com"\nNAME: acme\n',
  });
  expect(fill('{{hq.var.URL}}')).toMatchObject({ value: 'https://acme.example.com/' });
});

test('a circle is named once, where it begins', () => {
  const variables = effectiveVariables(
    setsOf({ tenant: 'A: "{{hq.var.B}}"\nB: "{{hq.var.C}}"\nC: "x{{hq.var.B}}"\n' }),
  );
  const [asked] = readPlaceholders('{{hq.var.A}}').parts;
  expect(() => variables.resolve(asked as Exclude<typeof asked, string | undefined>, at)).toThrow(
    'tenant.yaml:2: variables go round in a circle: B → C → B',
  );
});

test('an unknown key is named with the file and line that asks for it', () => {
  const fill = filling({ tenant: 'A: "{{hq.var.MISSING}}"\nS: 1\n' });
  expect(() => fill('{{hq.var.NOPE}}')).toThrow('service.yaml:7: {{hq.var.NOPE}}: NOPE is set in no scope');
  expect(() => fill('{{hq.var.svc.S}}')).toThrow('S is not set in the scope service');
  expect(() => fill('{{hq.var.A}}')).toThrow('tenant.yaml:1: {{hq.var.MISSING}}');
  expect(() => fill('{{hq.vars.A}}')).toThrow('service.yaml:7: {{hq.vars.A}} is no placeholder');
});

test('a secret stands alone or not at all', () => {
  const fill = filling({ tenant: 'P: { secretRef: { name: db, key: password } }\nQ: "{{hq.var.P}}"\n' });
  expect(fill('{{hq.var.Q}}')).toEqual({ kind: 'secret', name: 'db', key: 'password' });
  expect(() => fill('postgres://app:{{hq.var.P}}@db')).toThrow('is a secret and cannot be part of a text');
});

test('every effective variable is listed with its origin', () => {
  const variables = effectiveVariables(setsOf({ ...everywhere, repository: 'A: r\nB: "{{hq.var.A}}!"\n' }));
  expect(variables.all().map(({ value, origin }) => [origin.key, origin.scope, value])).toEqual([
    ['A', 'service', { kind: 'plain', value: 's', text: 's' }],
    ['B', 'repository', { kind: 'plain', value: 's!', text: 's!' }],
  ]);
});
