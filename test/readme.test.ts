import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordHubTour, withHubTour } from '../scripts/tour/hub-tour.ts';
import { makeDemo } from '../scripts/demo-repository.ts';
import { root } from './kit/fresh-clone.ts';
import { git } from './kit/git.ts';
import { temporaryFolder } from './kit/repository.ts';
import { runProgram } from './kit/run-program.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const ownClone = /<!-- own-clone:start[^\n]*([\s\S]*)<!-- own-clone:end -->/.exec(readme)?.[1] ?? '';
const commands = [...ownClone.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block).join('');

test('the commands for your own clone lead from no layout to a published rollback', async () => {
  const { clone, upstream } = makeDemo(join(temporaryFolder('own-clone'), 'demo'));
  // Whoever comes new has nothing that Knowngood generated.
  git(clone, 'rm', '-q', '-r', 'knowngood.yaml', 'delivery', '.argocd');
  git(clone, 'commit', '-qm', 'Nobody has described this repository yet');
  git(clone, 'push', '-q');
  // As on a terminal with somebody who says yes: without one a rollback needs --yes.
  const knowngood = `knowngood() { '${join(root, 'knowngood')}' "$@" $([ "$1" = rollback ] && echo --yes); }`;
  const { code, stderr } = await runProgram('sh', ['-ec', `${knowngood}\n${commands}`], { cwd: clone });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const service = 'main:tenants/acme/production/api-gateway/service.yaml';
  expect(git(upstream, 'show', service)).toContain('tag: v2.0.9');
  expect(git(upstream, 'log', '-1', '--format=%b', 'main')).toContain('INC-42: errors since v2.1.0');
  expect(git(clone, 'status', '--porcelain')).toBe('');
});

test('the tour of a hub is what its commands print, but for ids and times', async () => {
  expect(readme).toBe(withHubTour(readme, await recordHubTour()));
});
