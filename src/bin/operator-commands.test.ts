import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { runCli } from '../../test/kit/run-cli.ts';
import { startServerProcess } from '../../test/kit/server-process.ts';

test(
  'a running server is backed up, lost, restored, looked at, and serves again',
  { timeout: 120_000 },
  async () => {
    const top = temporaryFolder('operate');
    const data = join(top, 'data');
    const backup = join(top, 'hub.tar');
    await using server = await startServerProcess(['--data', data]);
    const doctor = await runCli(['doctor', '--data', data]);
    expect(doctor).toMatchObject({ code: 0, stderr: '' });
    expect(doctor.stdout).toMatch(/^STATUS +CHECK +FOUND\nok +server +running\n/);
    expect(doctor.stdout).toMatch(/ok +audit log +\d+ rows and \d+ checkpoints hold\n/);
    expect(await runCli(['backup', '--data', data, '--to', backup])).toEqual({
      code: 0,
      signal: undefined,
      stdout: `${backup} holds the database and 1 project\n`,
      stderr: `note: the key to the secrets is not in it. Keep ${data}/secret.key, or KNOWNGOOD_SECRET_KEY, in another safe place\n`,
    });
    await server.end('SIGKILL');
    const key = join(top, 'secret.key');
    copyFileSync(join(data, 'secret.key'), key);
    rmSync(data, { recursive: true });

    const restored = await runCli(['restore', backup, '--data', data]);
    expect(restored.code).toBe(0);
    expect(restored.stdout).toMatch(
      /: 1 project, \d+ audit rows that hold, \d+ completed requests with their commits\n$/,
    );
    expect(restored.stderr).toMatch(/^note: put the secret\.key of that server into /);
    const without = await runCli(['doctor', '--data', data, '-o', 'json']);
    expect(without.code).toBe(1);
    const { findings } = JSON.parse(without.stdout) as { readonly findings: readonly object[] };
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'secret key', status: 'fail', about: 'there is none' }),
    );
    copyFileSync(key, join(data, 'secret.key'));
    chmodSync(join(data, 'secret.key'), 0o600);
    expect(await runCli(['doctor', '--data', data])).toMatchObject({ code: 0, stderr: '' });
    await using again = await startServerProcess(['--data', data]);
    expect(await fetch(`${again.origin}/readyz`)).toMatchObject({ status: 200 });
  },
);

test('what is wrong is told in a table with the next step, and by the exit code', async () => {
  const data = temporaryFolder('operate');
  const server = await startServerProcess(['--data', data, '--no-demo']);
  await server.end('SIGTERM');
  const path = join(data, 'hub.db');
  writeFileSync(path, readFileSync(path).fill(0xff, 4096, 8192));
  const { code, stdout } = await runCli(['doctor', '--data', data]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^fail +database +\S/m);
  expect(stdout).toContain('\nNext:\n');
  expect(stdout).toContain('database: stop the server, and restore the last good backup into a new folder\n');
  const refused = await runCli(['restore', join(data, 'hub.db'), '--data', data]);
  expect(refused).toMatchObject({
    code: 5,
    stderr: `knowngood: ${data} is not empty; name a new folder with --data, or move away what is there\n`,
  });
});
