import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { runLocal } from '../../test/kit/run-local.ts';
import { buildProgram } from '../cli/program.ts';
import { commands } from './commands.ts';
import { hubAccess } from './hub-access.ts';

const program = buildProgram(
  { terminal: recordingTerminal(), version: '0', hub: hubAccess, finish: () => {} },
  commands,
);

/** Commands that do something, each with its words. */
const leaves = (command: Command, words: readonly string[] = []): (readonly [string, Command])[] =>
  command.commands.length === 0
    ? [[words.join(' '), command]]
    : command.commands.flatMap((below) => leaves(below, [...words, below.name()]));

const formatsOf = (command: Command): readonly string[] | undefined =>
  command.options.find(({ long }) => long === '--output')?.argChoices;

/** Commands that say on stderr that something is done, those that run on, and those whose output is a file of its kind. */
const others =
  'login, logout, context use, context set-project, projects delete, reindex, token revoke, grant take, webhook delete, audit export, audit key, audit checkpoints, clusters delete, server, agent, completion';

test('every command that prints something does so in the same formats', () => {
  const formats = leaves(program).map(([words, command]) => ({ words, offered: formatsOf(command) }));
  const without = formats.filter(({ offered }) => !offered);
  expect(without.map(({ words }) => words).join(', ')).toBe(others);
  const odd = formats.filter(
    ({ offered }) => offered && !['json yaml wide', 'json yaml wide name'].includes(offered.join(' ')),
  );
  expect(odd).toEqual([]);
});

test('what has nothing more to show, shows with wide what it always shows', async () => {
  const env = { KNOWNGOOD_CONFIG: '/nonexistent/config.json' };
  const wide = async (...words: readonly string[]) => runLocal([...words, '-o', 'wide'], { env });
  expect(await wide('version')).toEqual({ code: 0, stdout: 'knowngood 0.0.0\n', stderr: '' });
  expect(await wide('context', 'list')).toEqual(await runLocal(['context', 'list'], { env }));
  expect(await runLocal(['version', '-o', 'yaml'])).toMatchObject({ stdout: 'version: 0.0.0\n' });
  const { stdout } = await runLocal(['version', '-o', 'json']);
  expect(JSON.parse(stdout)).toEqual({ version: '0.0.0' });
});
