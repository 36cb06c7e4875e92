import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { recordingTerminal } from '../../../test/kit/recording-terminal.ts';
import { makeRepository } from '../../../test/kit/repository.ts';
import { makeLayout, ownerOf } from '../../domain/layout/layout.ts';
import { readProject } from '../../domain/layout/project-file.ts';
import { hubAccess } from '../../bin/hub-access.ts';
import { runProgram } from '../program.ts';
import { addLayout } from './layout.ts';

async function detect(...words: readonly string[]) {
  const terminal = recordingTerminal();
  const code = await runProgram(['layout', 'detect', ...words], {
    terminal,
    version: '0',
    hub: hubAccess,
    commands: [addLayout],
  });
  return { code, output: terminal.output(), errors: terminal.errors() };
}

const files = Object.fromEntries(
  ["o'neil", 'globex', '\u001b[2Jred'].flatMap((tenant) =>
    ['dev', 'prod'].flatMap((environment) =>
      ['api', 'web'].map((service) => [
        `it's/tenants/${tenant}/${environment}/${service}/values.yaml`,
        'replicas: 1\n',
      ]),
    ),
  ),
);
const path = "it's/tenants/globex/prod/api/values.yaml";
const owner = { tenant: 'globex', environment: 'prod', service: 'api', generated: false };

test('a person sees what each proposal gives, and what to commit or to type', async () => {
  using repository = makeRepository({ ...files, 'README.md': 'x' });
  const { code, output, errors } = await detect('--repo', repository.dir);
  expect([code, errors]).toEqual([0, '']);
  expect(output).toContain('Looked at 13 files of main and 1 past commit.\n');
  expect(output).toMatch(/^1 +3 +2 +2 +12 +0 +1 +0% +100%$/m);
  expect(output).toContain(String.raw`tenants       \x1b[2Jred, globex, o'neil`);
  expect(output).not.toContain('\u001b');

  const [, project = ''] = /root of main:\n\n([\s\S]*?)\n\nor, to try/.exec(output) ?? [];
  expect(ownerOf(readProject(project).layout, path)).toEqual(owner);

  const shell = [...output.matchAll(/--layout '((?:[^']|'\\'')*)'/g)].map(([, text = '']) =>
    text.replaceAll(String.raw`'\''`, "'"),
  );
  expect(ownerOf(makeLayout(shell.map((template) => ({ path: template }))), path)).toEqual(owner);
});

test('another proposal can be written out', async () => {
  const paths = ['base', 'envs/dev', 'envs/prod'].map((folder) => `apps/api/${folder}/values.yaml`);
  const both = [...paths, ...paths.map((one) => one.replace('api', 'web'))];
  using repository = makeRepository(Object.fromEntries(both.map((one) => [one, 'x: 1\n'])));
  const { output } = await detect('--repo', repository.dir, '--proposal', '2');
  expect(output).toContain('To use proposal 2, commit');
  expect(output.split('To use')[1]).not.toContain('{environment}');
  const { code, errors } = await detect('--repo', repository.dir, '--proposal', '5');
  expect([code, errors]).toEqual([2, 'knowngood: --proposal 5: there is no more than 2\n']);
  expect((await detect('--repo', repository.dir, '--proposal', 'x')).code).toBe(2);
});

test('programs read the same as JSON or YAML', async () => {
  using repository = makeRepository({ ...files, 'knowngood.yaml': 'kind: Project' });
  const json = await detect('--repo', repository.dir, '-o', 'json');
  const value = JSON.parse(json.output) as { proposals: readonly Record<string, unknown>[] };
  expect(value).toMatchObject({ branch: 'main', revision: repository.commits[0], complete: true });
  expect(value.proposals[0]).toMatchObject({
    environments: ['dev', 'prod'],
    services: ['api', 'web'],
    files: { total: 12, owned: 12, shared: 0, unmatched: 0 },
    commits: { total: 1, whole: 0, partly: 1 },
    options: expect.arrayContaining([
      '--layout',
      "it's/tenants/{tenant}/{environment:dev|prod}/{service}/**",
    ]) as unknown,
  });
  expect(json.errors).toContain('has a knowngood.yaml');
  expect(parse((await detect('--repo', repository.dir, '-o', 'yaml')).output)).toEqual(value);
});

test('where nothing is recognised it says what to write by hand', async () => {
  using repository = makeRepository({ 'main.go': 'package main', 'README.md': 'x' });
  const { code, output } = await detect('--repo', repository.dir);
  expect(code).toBe(1);
  expect(output).toContain('no usual layout was recognised');
  const [, project = ''] = /\n(apiVersion[\s\S]*?)\n\n/.exec(output) ?? [];
  expect(readProject(project).layout.placeholders).toEqual(new Set(['environment', 'service']));
  expect(JSON.parse((await detect('--repo', repository.dir, '-o', 'json')).output)).toMatchObject({
    proposals: [],
  });
});

test('a repository has to be named, and to be one', async () => {
  expect(await detect()).toMatchObject({ code: 2, output: '' });
  expect(await detect('--repo', '/nowhere/at/all')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('not a Git repository') as unknown,
  });
});

test('--file prints a knowngood.yaml and nothing else, or nothing', async () => {
  using repository = makeRepository(files);
  const { code, output } = await detect('--repo', repository.dir, '--file');
  expect(code).toBe(0);
  expect(ownerOf(readProject(output).layout, path)).toEqual(owner);
  using odd = makeRepository({ 'README.md': 'x' });
  expect(await detect('--repo', odd.dir, '--file')).toMatchObject({ code: 1, output: '' });
});
