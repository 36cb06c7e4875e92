import { execFileSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleet, production } from '../kit/fleet.ts';
import { type TestRepository, makeRepository, temporaryFolder } from '../kit/repository.ts';
import { runCli } from '../kit/run-cli.ts';
import { runLocal } from '../kit/run-local.ts';

const words = (repo: TestRepository, ...more: readonly string[]): readonly string[] =>
  ['rollback', '--repo', repo.dir, '-s', 'api', '--to', 'v2'].concat(production, more);

/** Runs on a terminal where somebody presses these keys once the question stands there. */
async function answer(command: readonly string[], keys: string) {
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  let seen = '';
  stderr.on('data', (chunk) => {
    const asked = seen.includes('Commit this');
    seen += String(chunk);
    if (!asked && seen.includes('Commit this')) setTimeout(() => stdin.write(keys), 20);
  });
  const terminal = { interactive: true, stderrIsTerminal: true, stdoutIsTerminal: true };
  const { code, stdout } = await runLocal(command, { ...terminal, stdin, stderr });
  return { code, stdout, seen };
}

test('on a terminal the preview is shown, and y commits', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const { code, stdout, seen } = await answer(words(repo), 'y\r');
  expect(code).toBe(0);
  expect(seen).toMatch(/Service rollback[\s\S]*image\.tag[\s\S]*Commit this to main\?/);
  expect(stdout).toMatch(/^Committed [0-9a-f]{8} to main\.$/m);
  expect(repo.git('rev-parse', 'HEAD^')).toBe(repo.commits[5]);
});

test.each([
  ['n', 'n\r'],
  ['Enter, since No is what is offered', '\r'],
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s changes nothing and ends with 130', async (_, keys) => {
  using repo = makeRepository(fleet, { bare: false });
  const { code, stdout, seen } = await answer(words(repo), keys);
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(seen).toMatch(/Nothing was changed\.\n$/);
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
  expect(repo.git('status', '--porcelain')).toBe('');
});

test('--yes does not ask on a terminal either; a dry run and an empty plan have nothing to ask', async () => {
  using repo = makeRepository(fleet);
  for (const more of [['--dry-run'], ['--to', 'HEAD'], ['--yes']]) {
    const { code, seen } = await answer(words(repo, ...more), 'n\r');
    expect({ more, code, asked: seen.includes('Commit this') }).toEqual({ more, code: 0, asked: false });
  }
});

test('without a terminal and without --yes the program shows the preview, ends with 2 and changes nothing', async () => {
  using repo = makeRepository(fleet, { bare: false });
  for (const command of [words(repo), ['undo', 'HEAD', '--repo', repo.dir]]) {
    const { code, stdout, stderr } = await runCli(command);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/image\.tag[\s\S]*\nknowngood: nothing was changed; confirm with --yes/);
  }
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
});

test('a commit signed with an SSH key is one that git verifies', async () => {
  using repo = makeRepository(fleet);
  const key = join(temporaryFolder('key'), 'id');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test@example.com', '-f', key]);
  const allowed = `${key}.allowed`;
  execFileSync('sh', ['-c', 'printf "test@example.com " | cat - "$0" > "$1"', `${key}.pub`, allowed]);
  expect((await runLocal(words(repo, '--yes', '--sign-with', key))).code).toBe(0);
  const verify = ['-c', `gpg.ssh.allowedSignersFile=${allowed}`, 'verify-commit', '--raw', 'main'];
  expect(repo.git(...verify)).toBe('');
  expect(repo.git('fsck', '--strict')).toBe('');

  const tip = repo.git('rev-parse', 'main');
  const { code, stderr } = await runLocal(words(repo, '--to', 'v1', '--yes', '--sign-with', `${key}.gone`));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^knowngood: could not sign the commit with .*\n$/);
  expect(repo.git('rev-parse', 'main')).toBe(tip);
});
