import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { freshClone, root } from './kit/fresh-clone.ts';
import { temporaryFolder } from './kit/repository.ts';
import { runProgram } from './kit/run-program.ts';

const version = { code: 0, signal: undefined, stdout: `knowngood ${manifest.version}\n`, stderr: '' };

/** A folder to use as PATH that has only these programs. */
function onlyPrograms(...names: readonly string[]): string {
  const folder = temporaryFolder('path');
  for (const name of names) {
    const found = (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((entry) => join(entry, name))
      .find((file) => existsSync(file));
    symlinkSync(found ?? process.execPath, join(folder, name));
  }
  return folder;
}

test('the launcher runs through symbolic links, from any folder, and passes words and exit code on', async () => {
  const clone = freshClone({ installed: true });
  const elsewhere = temporaryFolder('links');
  symlinkSync(join(clone, 'knowngood'), join(elsewhere, 'direct'));
  symlinkSync('direct', join(elsewhere, 'relative'));
  expect(await runProgram(join(clone, 'knowngood'), ['version'])).toEqual(version);
  expect(await runProgram('./relative', ['version'], { cwd: elsewhere })).toEqual(version);
  expect(await runProgram('sh', ['knowngood', 'version'], { cwd: clone })).toEqual(version);
  const wrong = await runProgram(join(elsewhere, 'direct'), ['two words', '*']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("unknown command 'two words'");
});

test('a lock file with a new date but the same content costs nothing', async () => {
  const clone = freshClone({ installed: true });
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(clone, 'package-lock.json'), later, later);
  // Without node on the PATH only the quick way can work.
  const path = onlyPrograms('sh', 'cmp', 'dirname');
  expect(await runProgram(join(clone, 'knowngood'), ['version'], { env: { PATH: path } })).toEqual(version);
});

test('without npm, or without node, there is one clear line and nothing is left behind', async () => {
  const clone = freshClone({ installed: false });
  const noNpm = await runProgram(join(clone, 'knowngood'), ['version'], {
    env: { PATH: onlyPrograms('sh', 'cmp', 'node') },
  });
  expect(noNpm.code).toBe(1);
  expect(noNpm.stdout).toBe('');
  expect(noNpm.stderr.trimEnd().split('\n').at(-1)).toBe(
    'knowngood: npm was not found on the PATH; install Node 20 or newer with npm, then start again',
  );
  expect(readdirSync(join(clone, '.cache'))).toEqual([]);
  const noNode = await runProgram(join(clone, 'knowngood'), ['version'], {
    env: { PATH: onlyPrograms('sh', 'cmp') },
  });
  expect(noNode).toMatchObject({
    code: 1,
    stderr:
      'knowngood: node was not found on the PATH; install Node 20 or newer with npm, then start again.\n',
  });
});

/** Leaves what an install of an older lock file, cut short by the next one, leaves: an old stamp and no packages. */
function breakInstall(clone: string): void {
  mkdirSync(join(clone, 'node_modules/.knowngood'), { recursive: true });
  writeFileSync(join(clone, 'node_modules/.knowngood/package-lock.json'), '{}');
  symlinkSync(process.execPath, join(clone, 'node_modules/.knowngood/node'));
  copyFileSync(join(root, 'node_modules/.package-lock.json'), join(clone, 'node_modules/.package-lock.json'));
  mkdirSync(join(clone, 'node_modules/leftover'));
}

test('two starts at once over a broken install and a dead lock: one installs, both run', async () => {
  const clone = freshClone({ installed: false });
  breakInstall(clone);
  const dead = spawnSync(process.execPath, ['--version']).pid;
  mkdirSync(join(clone, '.cache'));
  writeFileSync(join(clone, '.cache', 'setup.lock'), `${dead}\n`);
  const start = () =>
    runProgram(join(clone, 'knowngood'), ['version'], { env: { npm_config_prefer_offline: 'true' } });
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ code, stdout }) => ({ code, stdout }))).toEqual([
    { code: 0, stdout: version.stdout },
    { code: 0, stdout: version.stdout },
  ]);
  const said = both.map(({ stderr }) => stderr).join('');
  expect(said.match(/installing what is missing/g)).toHaveLength(1);
  expect(said.match(/another start is installing/g)).toHaveLength(1);
  expect(existsSync(join(clone, 'node_modules/leftover'))).toBe(false);
  expect(existsSync(join(clone, '.cache/setup.lock'))).toBe(false);

  // Another lock file that asks for the same packages: looked through once, nothing installed.
  const lock = join(clone, 'package-lock.json');
  writeFileSync(lock, `${readFileSync(lock, 'utf8')}\n`);
  expect(await start()).toEqual(version);
  expect(readFileSync(join(clone, 'node_modules/.knowngood/package-lock.json'))).toEqual(readFileSync(lock));
});
