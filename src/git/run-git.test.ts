import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { requireGit, runGit } from './run-git.ts';

const folder = temporaryFolder('run-git');
const place = { path: folder, gitDir: undefined, workTree: undefined, owned: false };
const path = process.env['PATH'];
afterEach(() => {
  process.env['PATH'] = path;
});

test('arguments and input reach git as they are, whatever is in them', async () => {
  const canary = join(folder, 'canary');
  const hostile = [`$(touch ${canary})`, `; touch ${canary}`, '`id`', '"\'\n', '--help', '-h', '%s', 'é'];
  for (const text of hostile) {
    const output = await requireGit(place, ['stripspace'], { stdin: text });
    expect(output.toString().trim()).toBe(text.trim());
  }
  const quoted = await requireGit(place, ['rev-parse', '--sq-quote', ...hostile]);
  for (const text of hostile.slice(0, 3)) expect(quoted.toString()).toContain(`'${text}'`);
  expect(existsSync(canary)).toBe(false);
});

test('a failure carries git’s own reason on one line', async () => {
  const run = await runGit(place, ['rev-parse', '--git-dir']);
  expect(run).toMatchObject({ status: 128, stderr: expect.stringContaining('fatal:') as unknown });
  await expect(requireGit(place, ['rev-parse', '--git-dir'])).rejects.toMatchObject({
    code: 'git_failed',
    facts: { command: 'rev-parse', reason: expect.stringMatching(/^not a git repository/) as unknown },
  });
});

test('a git that says too much or takes too long is stopped', async () => {
  const much = 'x\n'.repeat(1000);
  await expect(runGit(place, ['stripspace'], { stdin: much, maxOutput: 1000 })).rejects.toMatchObject({
    code: 'git_failed',
    facts: { reason: expect.stringContaining('larger than 1000 bytes') as unknown },
  });
  const slow = ['-c', 'alias.nap=!sleep 30', 'nap'];
  const before = performance.now();
  await expect(runGit(place, slow, { timeout: 100 })).rejects.toMatchObject({
    code: 'git_failed',
    facts: { reason: 'it took longer than 0.1 s' },
  });
  expect(performance.now() - before).toBeLessThan(20_000);
});

test('without git on the PATH the message names the oldest that will do', async () => {
  process.env['PATH'] = folder;
  await expect(runGit(place, ['version'])).rejects.toMatchObject({
    code: 'git_missing',
    facts: { oldest: '2.36' },
  });
});

test('an owned repository sees nobody’s configuration, anybody else’s sees its own', async () => {
  const config = join(folder, 'global');
  writeFileSync(config, '[user]\n\tname = From Config\n');
  const kept = process.env['GIT_CONFIG_GLOBAL'];
  process.env['GIT_CONFIG_GLOBAL'] = config;
  try {
    const ask = async (owned: boolean): Promise<string> =>
      (await runGit({ ...place, owned }, ['config', '--get', 'user.name'])).stdout.toString().trim();
    expect([await ask(false), await ask(true)]).toEqual(['From Config', '']);
  } finally {
    process.env['GIT_CONFIG_GLOBAL'] = kept;
  }
});

/** A program that outlives Ctrl-C, has a git that waits for input, and gives it some when it hears the signal. */
const stopping = (owned: boolean): string => `
  import { spawnGit } from ${JSON.stringify(join(import.meta.dirname, 'run-git.ts'))};
  const place = { path: ${JSON.stringify(folder)}, gitDir: undefined, workTree: undefined, owned: ${owned} };
  const git = spawnGit(place, ['stripspace']);
  git.stdin.on('error', () => undefined);
  git.stdout.pipe(process.stdout);
  git.on('close', (code, signal) => process.stdout.write('ended with ' + (signal ?? code)));
  process.on('SIGINT', () => setImmediate(() => git.stdin.end('still here')));
  git.on('spawn', () => process.stdout.write('ready '));
`;

test.each([
  [true, 'ready still here\nended with 0'],
  [false, 'ready ended with SIGINT'],
])('Ctrl-C leaves a git of the hub (%s) to whoever started it', async (owned, said) => {
  const program = spawn(process.execPath, ['--input-type=module', '-e', stopping(owned)], { detached: true });
  let output = '';
  program.stdout.on('data', (chunk) => {
    output += String(chunk);
    // As a terminal does it: to the whole group.
    if (output === 'ready ' && program.pid !== undefined) process.kill(-program.pid, 'SIGINT');
  });
  await once(program, 'close');
  expect(output).toBe(said);
});
