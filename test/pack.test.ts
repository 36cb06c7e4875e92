import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { makeDemo } from '../scripts/demo-repository.ts';
import { freshClone } from './kit/fresh-clone.ts';
import { git } from './kit/git.ts';
import { temporaryFolder } from './kit/repository.ts';
import type { ProgramResult } from './kit/run-program.ts';
import { runProgram } from './kit/run-program.ts';
import { startServerProcess } from './kit/server-process.ts';

interface Packed {
  readonly file: string;
  readonly files: readonly string[];
  /** Bytes to download. */
  readonly size: number;
}

let packed: Packed;
let project: string;

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const env = { npm_config_loglevel: 'error', npm_config_prefer_offline: 'true' };
  const { code, stdout, stderr } = await runProgram('npm', args, { cwd, env });
  if (code !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

async function pack(): Promise<Packed> {
  const folder = temporaryFolder('tarball');
  await npm(freshClone({ installed: true }), 'pack', '--pack-destination', folder);
  const file = join(folder, `knowngood-${manifest.version}.tgz`);
  const { stdout } = await runProgram('tar', ['-tzf', file]);
  return { file, files: stdout.trim().split('\n').toSorted(), size: statSync(file).size };
}

/** The installed program as npx starts it, with the given folder first on the PATH. */
function npx(words: readonly string[], path: string): Promise<ProgramResult> {
  const env = { PATH: `${path}${delimiter}${process.env['PATH']}`, npm_config_loglevel: 'error' };
  return runProgram('npx', ['--no-install', 'knowngood', ...words], { cwd: project, env });
}

beforeAll(async () => {
  packed = await pack();
  project = temporaryFolder('project');
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  await npm(project, 'install', '--no-audit', '--no-fund', packed.file);
}, 180_000);

test('the tarball holds the program, its licences and nothing else', () => {
  const expected = ['LICENSE', 'README.md', 'dist/THIRD-PARTY.txt', 'dist/cli.js', 'dist/knowngood.js'];
  const parts =
    /^package\/dist\/(?:part-[A-Z0-9]+\.js|console\/assets\/[\w-]+\.(?:js|css|svg)(?:\.br|\.gz)?)$/;
  const console = ['dist/console/THIRD-PARTY.txt', 'dist/console/index.html'];
  expect(packed.files.filter((file) => !parts.test(file))).toEqual(
    [...expected, ...console, 'package.json'].map((file) => `package/${file}`).toSorted(),
  );
  expect(packed.size).toBeLessThan(4_000_000);
});

test('the installed program runs the hub', async () => {
  const words = ['server', '--no-demo', '--data', temporaryFolder('packed-hub')];
  const entry = join(project, 'node_modules/knowngood/dist/knowngood.js');
  await using server = await startServerProcess(words, { program: entry });
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  const page = await fetch(`${server.origin}/`, { headers: { accept: 'text/html' } });
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
  expect((await fetch(`${server.origin}${script}`)).status).toBe(200);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: undefined });
});

test('the installed program runs with nothing of this clone at hand', async () => {
  expect(await npx(['version'], join(process.execPath, '..'))).toEqual({
    code: 0,
    signal: undefined,
    stdout: `knowngood ${manifest.version}\n`,
    stderr: '',
  });
});

test('the installed program rolls a service back and pushes it', async () => {
  const { clone, upstream } = makeDemo(join(temporaryFolder('packed'), 'demo'));
  const words = 'rollback -t acme -e production -s api-gateway -m INC-42 --yes --push --repo'.split(' ');
  const { code, stdout, stderr } = await npx([...words, clone], join(process.execPath, '..'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /image\.tag +v2\.1\.0 → v2\.0\.9\n[^]*\nCommitted [0-9a-f]{8} to main and pushed to origin\.\n/,
  );
  const tip = git(upstream, 'rev-parse', 'main');
  expect(git(clone, 'rev-parse', 'HEAD')).toBe(tip);
  expect(git(clone, 'status', '--porcelain')).toBe('');
  expect(git(upstream, 'fsck', '--strict')).toBe('');
  expect(git(upstream, 'diff-tree', '-r', '--name-only', '--no-commit-id', tip)).toBe(
    'delivery/acme/production/api-gateway/deployment.yaml\ntenants/acme/production/api-gateway/service.yaml',
  );
});

test('installing brings no package but the Node of this machine', () => {
  const lock: { packages: Record<string, { optional?: boolean }> } = JSON.parse(
    readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8'),
  );
  const others = Object.keys(lock.packages).filter((path) => path !== 'node_modules/knowngood');
  expect(others.length).toBeLessThanOrEqual(1);
  expect(others.every((path) => path.startsWith('node_modules/node-'))).toBe(true);
});

test('every bundled package is named with its licence', () => {
  const dist = join(project, 'node_modules/knowngood/dist');
  const bundled = new Set(
    readdirSync(dist)
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(dist, file), 'utf8'))
      .join('\n')
      .matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)
      .map(([, name = '']) => name),
  );
  const licences = readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8');
  expect(bundled.size).toBeGreaterThan(0);
  for (const name of bundled) expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
});

/** An older Node on this machine, if there is one: the published package must hand over to the one it brought. */
async function olderNode(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const node = join(folder, 'node');
    const result = await runProgram(node, ['--version']).catch(() => undefined);
    if (result?.code === 0 && Number(/^v(\d+)/.exec(result.stdout)?.[1]) < 24) return node;
  }
  return undefined;
}

test('on an older Node it hands over to the Node 24 that it brought, with words, exit code and input', async (context) => {
  const node = await olderNode();
  if (node === undefined) {
    context.skip('no Node older than 24 on the PATH');
    return;
  }
  const entry = join(project, 'node_modules/knowngood/dist/knowngood.js');
  expect(await runProgram(node, [entry, 'version'])).toMatchObject({
    code: 0,
    stdout: `knowngood ${manifest.version}\n`,
  });
  const wrong = await runProgram(node, [entry, 'no such']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("unknown command 'no such'");
});
