import { expect, test } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { hubAccess } from '../bin/hub-access.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { exitCode } from './exit-code.ts';
import type { AddCommand } from './program.ts';
import { runProgram } from './program.ts';
import { addVersion } from './version.ts';

const stops: AddCommand = (program, { finish }) => {
  program.command('differs').action(() => finish(exitCode.different));
  program.command('moved').action(() => {
    throw new Refusal('head_moved', { branch: 'main', files: 'a\nb' }, { files: ['a'] });
  });
  const failing = async (): Promise<void> => {
    await Promise.resolve();
    throw new Refusal('git_missing', { oldest: '2.30' });
  };
  program.command('fails').action(failing);
  program.command('diff').action(failing);
  program.command('crashes').action(() => {
    throw new TypeError('x is not a function\n\u001b[2Jgone');
  });
};

async function run(words: readonly string[], env: Record<string, string> = {}) {
  const terminal = recordingTerminal({ env });
  const code = await runProgram(words, {
    terminal,
    version: '1.2.3',
    hub: hubAccess,
    commands: [addVersion, stops],
  });
  return { code, out: terminal.output(), err: terminal.errors() };
}

test('version is printed as a command, as an option and as JSON', async () => {
  expect(await run(['version'])).toEqual({ code: 0, out: 'knowngood 1.2.3\n', err: '' });
  expect(await run(['--version'])).toEqual({ code: 0, out: 'knowngood 1.2.3\n', err: '' });
  expect(await run(['version', '-o', 'json'])).toEqual({
    code: 0,
    out: '{\n  "version": "1.2.3"\n}\n',
    err: '',
  });
});

test('help goes to stdout and is no error, with no words at all too', async () => {
  for (const words of [['-h'], ['--help'], ['help', 'version'], []]) {
    const { code, out, err } = await run(words);
    expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
    expect(out).toMatch(/^Usage: knowngood/);
  }
});

test.each([
  [['verison'], "knowngood: unknown command 'verison' (Did you mean version?)\n"],
  [['version', '--x'], "knowngood: unknown option '--x'\n"],
  [['version', 'x'], "knowngood: too many arguments for 'version'. Expected 0 arguments but got 1: x.\n"],
  [
    ['version', '-o', 'xml'],
    "knowngood: option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are json, yaml, wide.\n",
  ],
])('a usage error is one line and exit code 2: %j', async (words, line) => {
  expect(await run(words)).toEqual({ code: 2, out: '', err: line });
});

test('with -o json every error is one JSON object on stderr', async () => {
  for (const form of [['-o', 'json'], ['-ojson'], ['--output=json'], ['--output', 'json']]) {
    const { code, err } = await run(['version', ...form, 'extra']);
    expect(code).toBe(2);
    expect(JSON.parse(err)).toEqual({
      error: { code: 'usage', message: expect.stringMatching(/too many/), details: {} },
    });
  }
});

test('a refusal is one line, whatever its facts contain, and has the exit code of its kind', async () => {
  const { code, out, err } = await run(['moved']);
  expect({ code, out }).toEqual({ code: 5, out: '' });
  expect(err.match(/\n/g)).toHaveLength(1);
  expect(err).toContain('a\\nb');
});

test('a command may end with a code of its own', async () => {
  expect(await run(['differs'])).toEqual({ code: 1, out: '', err: '' });
});

test('diff keeps 1 for differences, so that its failures are 2', async () => {
  expect((await run(['fails'])).code).toBe(1);
  expect((await run(['diff'])).code).toBe(2);
});

test('a bug is one harmless line, and the stack only when asked for', async () => {
  const plain = await run(['crashes']);
  expect(plain.code).toBe(1);
  expect(plain.err).toBe(
    'knowngood: this is a bug in knowngood: x is not a function\\n\\x1b[2Jgone' +
      ' (please report it with the output under KNOWNGOOD_DEBUG=1)\n',
  );
  expect((await run(['crashes'], { KNOWNGOOD_DEBUG: '1' })).err).toContain('program.test.ts');
});
