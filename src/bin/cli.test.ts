import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { runCli } from '../../test/kit/run-cli.ts';

test('the program prints the version of package.json', async () => {
  expect(await runCli(['version'])).toEqual({
    code: 0,
    signal: undefined,
    stdout: `knowngood ${manifest.version}\n`,
    stderr: '',
  });
});

test('a usage error ends with 2 and says why on stderr', async () => {
  const { code, stdout, stderr } = await runCli(['rolback']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^knowngood: unknown command 'rolback'.*\n$/);
});

test('a reader that goes away is no error', async () => {
  const cli = join(import.meta.dirname, 'cli.ts');
  const child = spawn(process.execPath, [cli, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
