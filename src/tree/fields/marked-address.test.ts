import { expect, test } from 'vitest';
import { markedAddress } from './marked-address.ts';

const object = (kind: string, name: string): string => `kind: ${kind}\nmetadata: { name: ${name} }\n`;
const file = (...documents: readonly string[]): string => documents.join('---\n');
const [api, web, job] = [object('Deployment', 'api'), object('Service', 'web'), object('Job', 'job')];

test('a number means the document that stands there, whatever it is called', () => {
  const both = file(api, web);
  expect(markedAddress('@0#/spec', both, both)).toBe('@Deployment/api#/spec');
  expect(markedAddress('@1#', both, file(api, web, job))).toBe('@Service/web#');
  expect(markedAddress('@2#/spec', both, file(api, web, job))).toBe('@Job/job#/spec');
  expect(markedAddress('@0#/a', 'a: 1\n', 'a: 2\n')).toBe('#/a');
  expect(markedAddress('@1#/a', file('a: 1\n', 'a: 1\n'), file('a: 1\n', 'a: 2\n'))).toBe('@1#/a');
});

test('one that means two documents, or none, stays as it is', () => {
  for (const address of ['@1#/spec', '@9#/spec', '@01#/spec', '@Job/job#/spec', '#/spec', 'spec.x'])
    expect(markedAddress(address, file(api, web), file(api, job, web))).toBe(address);
  expect(markedAddress('@0#/a', 'a: [\n', 'a: 1\n')).toBe('@0#/a');
});
