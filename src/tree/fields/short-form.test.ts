import { expect, test } from 'vitest';
import { shortForm } from './short-form.ts';

test.each([
  ['', ['image', 'tag'], 'image.tag'],
  [
    '@Deployment/api',
    ['spec', 'template', 'spec', 'containers', '[name=app]', 'image'],
    'containers[app].image',
  ],
  ['', ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'nodeName'], 'nodeName'],
  ['', ['spec', 'template', 'spec'], 'spec.template.spec'],
  ['', ['a', 'x.y~1z'], 'a["x.y/z"]'],
  ['', ['env', '[name=a b]'], 'env["a b"]'],
  ['', ['l', '0', 'v'], 'l[0].v'],
  ['', ['m', '1'], 'm[1]'],
  ['', ['s', '[kind=User,name=x]'], 's[User,x]'],
  ['@A/x', [], 'A/x'],
  ['', [], '.'],
])('%s %j is short for %s', (mark, steps, short) => {
  expect(shortForm(mark, steps)).toBe(short);
});
