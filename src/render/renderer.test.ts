import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { needsHelm, needsKustomize } from '../../test/kit/render-tools.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { confinementHere, toolLimits } from './confinement.ts';
import { openRenderer } from './renderer.ts';
import type { WorkFile } from './work-folder.ts';

const filesOf = (texts: Readonly<Record<string, string>>): readonly WorkFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }));

/** A program in place of kustomize, to see what it is given and what it may do. */
function pretend(script: string): string {
  const folder = temporaryFolder('tools');
  const program = join(folder, 'kustomize');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  // Where the limits of the kernel and the shell are.
  return `${folder}:/usr/bin:/bin`;
}

const leftFolders = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('knowngood-render-'));

/** How a process is, in a letter; empty when it is gone. */
function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { x: "1" }\n';

test('a base and its overlay are built, and nothing is left behind', async (context) => {
  needsKustomize(context);
  const before = leftFolders();
  const files = filesOf({
    'base/kustomization.yaml': 'resources: [all.yaml]\n',
    'base/all.yaml': configMap,
    'overlay/kustomization.yaml': 'namePrefix: eu-\nresources: [../base]\n',
  });
  const renderer = openRenderer();
  expect((await renderer.tools()).kustomize?.version).toMatch(/^v?\d+\.\d+/);
  const run = await renderer.kustomize(files, 'overlay');
  expect(run).toEqual({ ok: true, output: expect.stringContaining('name: eu-a') });
  expect(leftFolders()).toEqual(before);
});

test('kustomize does not read files beside its folder, and says so without the name of ours', async (context) => {
  needsKustomize(context);
  const files = filesOf({
    'beside.yaml': configMap,
    'overlay/kustomization.yaml': 'resources: [../beside.yaml]\n',
  });
  const run = await openRenderer().kustomize(files, 'overlay');
  expect(run).toEqual({ ok: false, reason: expect.stringMatching(/not in or below/) });
  expect(JSON.stringify(run)).not.toContain('knowngood-render');
});

test('what a kustomization would fetch is not reached, neither over http nor with git', async (context) => {
  needsKustomize(context);
  let asked = 0;
  await using server = createServer((_, answer) => {
    asked += 1;
    answer.end(configMap);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const base of [`http://${host}/all.yaml`, `git::http://${host}/repo.git?ref=main`]) {
    const files = filesOf({ 'o/kustomization.yaml': `resources: ["${base}"]\n` });
    expect(await openRenderer().kustomize(files, 'o')).toMatchObject({ ok: false });
  }
  // Where no network of its own can be made, only the check of the files, before a run, keeps it from this machine.
  const confine = await confinementHere(process.env['PATH'] ?? '');
  expect(confine(toolLimits).includes('--net') ? asked : 0).toBe(0);
});

test('a tool gets an empty environment, our own folder, and paths that are no options', async () => {
  const searchPath = pretend('/usr/bin/env; echo "args: $*"; pwd');
  process.env['KNOWNGOOD_TEST_SECRET'] = 'hunter2';
  const run = await openRenderer({ searchPath }).kustomize([], '-rf');
  delete process.env['KNOWNGOOD_TEST_SECRET'];
  expect(run.ok).toBe(true);
  const output = run.ok ? run.output : '';
  expect(output).not.toContain('hunter2');
  expect(output).toMatch(/^PATH=.*\/empty$/m);
  expect(output).toContain('args: build --load-restrictor=LoadRestrictionsRootOnly ./-rf\n');
  expect(output).toMatch(/knowngood-render-\d+-\w+\/repository\n$/);
});

test('a tool that takes too long is ended with everything that it started', async () => {
  const mark = join(temporaryFolder('mark'), 'pid');
  const searchPath = pretend(`/bin/sleep 600 & echo $! > ${mark}\n/bin/sleep 600`);
  const run = await openRenderer({ searchPath, limits: { time: 1500 } }).kustomize([], 'o');
  expect(run).toEqual({ ok: false, reason: 'took longer than 1.5 s and was stopped' });
  expect(['', 'Z']).toContain(stateOf(Number(readFileSync(mark, 'utf8'))));
});

test('a tool that prints without end is stopped', async () => {
  const searchPath = pretend('while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done');
  const run = await openRenderer({ searchPath, limits: { output: 10_240 } }).kustomize([], 'o');
  expect(run).toEqual({ ok: false, reason: 'printed more than 10 KiB and was stopped' });
});

test('what a tool complains of becomes one line', async () => {
  const searchPath = pretend('printf "debug\\nError: \\033[31mbad\\tthing\\n" >&2; exit 3');
  expect(await openRenderer({ searchPath }).kustomize([], 'o')).toEqual({
    ok: false,
    reason: '[31mbad thing',
  });
});

test('a kubectl that is too old to build what people write today is none', async () => {
  const kubectl = join(temporaryFolder('tools'), 'kubectl');
  writeFileSync(kubectl, '#!/bin/sh\necho "Client Version: v1.20.2"\n', { mode: 0o755 });
  expect((await openRenderer({ searchPath: dirname(kubectl) }).tools()).kustomize).toBeUndefined();
});

test('without a tool there is none, and a relative PATH finds none', async () => {
  const renderer = openRenderer({ searchPath: '.:relative:/nonexistent' });
  expect(await renderer.tools()).toEqual({ kustomize: undefined, helm: undefined });
  expect(await renderer.kustomize([], 'o')).toEqual({ ok: false, reason: 'is not installed' });
});

test.for(['../out', 'a/../../out', '/etc/out', 'a//b', 'a/./b', 'a\\..\\b', 'a\0b', ''])(
  'a file with the path %j is never written',
  async (path) => {
    const before = leftFolders();
    const searchPath = pretend('exit 0');
    const files = [{ path, content: Buffer.from('x') }];
    await expect(openRenderer({ searchPath }).kustomize(files, 'o')).rejects.toThrow(/leads out/);
    expect(leftFolders()).toEqual(before);
  },
);

test('a chart with values, a helper and a chart below it is rendered; later values win', async (context) => {
  needsHelm(context);
  const files = filesOf({
    'chart/Chart.yaml':
      'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: side, version: 0.1.0, repository: "" }]\n',
    'chart/values.yaml': 'replicas: 1\nlevel: info\n',
    'chart/templates/_names.tpl': '{{- define "web.name" -}}{{ .Release.Name }}-web{{- end -}}\n',
    'chart/templates/deploy.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: {{ include "web.name" . }}, namespace: {{ .Release.Namespace }} }\nspec: { replicas: {{ .Values.replicas }} }\n',
    'chart/charts/side/Chart.yaml': 'apiVersion: v2\nname: side\nversion: 0.1.0\n',
    'chart/charts/side/templates/cm.yaml': configMap,
  });
  const job = { files, chart: 'chart', release: 'shop', namespace: 'acme-production' };
  const run = await openRenderer().helm({ ...job, values: ['replicas: 2\n', 'replicas: 3\n'] });
  expect(run).toMatchObject({ ok: true });
  const output = run.ok ? run.output : '';
  expect(output).toContain('name: shop-web, namespace: acme-production');
  expect(output).toContain('replicas: 3');
  expect(output).toContain('kind: ConfigMap');
});
