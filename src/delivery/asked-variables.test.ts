import { expect, test } from 'vitest';
import { asking } from './asked-variables.ts';
import { effectiveVariables } from './effective-variables.ts';
import { readPlaceholders } from './placeholder.ts';
import { readVariables } from './read-variables.ts';
import type { VariableScope } from './variable.ts';

const at = { file: 'service.yaml', line: 1 };
const variables = (scope: VariableScope, text: string) =>
  effectiveVariables({ [scope]: readVariables({ file: `${scope}.yaml`, scope, text }) });
const placeholder = (text: string) => {
  const [part] = readPlaceholders(text).parts;
  if (part === undefined || typeof part === 'string') throw new Error('it is a placeholder');
  return part;
};

test('the earlier value answers, the present one where there was none, and only the first is remembered', () => {
  const asked = asking(variables('repository', 'A: then\n'));
  const { resolve } = asked.answer(variables('repository', 'A: now\nB: now\n'));
  expect(resolve(placeholder('{{hq.var.A}}'), at).value).toMatchObject({ text: 'then' });
  expect(resolve(placeholder('{{hq.var.B}}'), at).value).toMatchObject({ text: 'now' });
  expect(() => resolve(placeholder('{{hq.var.C}}'), at)).toThrow('is set in no scope');
  resolve(placeholder('{{ hq.var.A }}'), at);
  expect(asked.all().map(({ key }) => key)).toEqual(['A']);
});

test('what variables of the service itself ask for counts, what shared ones ask for does not', () => {
  const sets = {
    service: readVariables({ file: 's', scope: 'service', text: 'OWN: "{{hq.var.URL}}"\n' }),
    tenant: readVariables({ file: 't', scope: 'tenant', text: 'URL: "http://{{hq.var.HOST}}"\nHOST: h\n' }),
  };
  const asked = asking(effectiveVariables(sets));
  asked.answer(effectiveVariables({})).resolve(placeholder('{{hq.var.OWN}}'), at);
  expect(asked.all().map(({ key }) => key)).toEqual(['OWN', 'URL']);
});
