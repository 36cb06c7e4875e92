import { expect, test } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { runProgram as runShell } from '../../test/kit/run-program.ts';
import { hubAccess } from '../bin/hub-access.ts';
import { addLayout } from './local/layout.ts';
import { addCompletion } from './completion.ts';
import { runProgram } from './program.ts';
import { addVersion } from './version.ts';

async function script(shell: string): Promise<string> {
  const terminal = recordingTerminal();
  const parts = { terminal, version: '0', hub: hubAccess, commands: [addLayout, addCompletion, addVersion] };
  expect(await runProgram(['completion', shell], parts)).toBe(0);
  return terminal.output();
}

/** What bash offers when Tab is pressed at the end of these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _knowngood; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { code, stdout, stderr } = await runShell('bash', [
    '-c',
    `${await script('bash')}\n${ask}`,
    'bash',
    ...words,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim().split('\n');
}

test('bash completes commands, commands below commands, options and formats', async () => {
  expect(await offered('knowngood', 'ver')).toEqual(['version']);
  expect(await offered('knowngood', 'layout', 'd')).toEqual(['detect']);
  expect(await offered('knowngood', 'layout', 'detect', '--repo', 'x', '--pro')).toEqual(['--proposal']);
  expect(await offered('knowngood', 'version', '-o', 'j')).toEqual(['json']);
});

test('zsh takes the same script through its own completion for bash', async () => {
  expect(await script('zsh')).toBe(
    `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${await script('bash')}`,
  );
});

test('fish gets one line for each command and option, with its description', async () => {
  const lines = (await script('fish')).trim().split('\n');
  expect(lines).toContain(
    "complete -c knowngood -n '__fish_seen_subcommand_from version' -s o -l output -r -d 'print in another format'",
  );
  expect(lines.filter((line) => /-a detect /.test(line))).toHaveLength(1);
});
