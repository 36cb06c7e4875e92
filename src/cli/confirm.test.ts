import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { askYes } from './confirm.ts';

async function answer(keys: string): Promise<{ yes: boolean; shown: string }> {
  const stdin = new PassThrough();
  const terminal = recordingTerminal({ stdin, interactive: true });
  const yes = askYes(terminal, 'Commit this to main?');
  stdin.write(keys);
  return { yes: await yes, shown: terminal.errors() };
}

test.each(['y\r', 'yes\r', 'Y\r', ' y \r'])('%j is yes', async (keys) => {
  expect((await answer(keys)).yes).toBe(true);
});

test.each(['\r', 'n\r', 'yeah, no\r', '\u0003', '\u0004', 'y\u0003'])('%j is no', async (keys) => {
  expect((await answer(keys)).yes).toBe(false);
});

test('the question says which answer Enter gives', async () => {
  expect((await answer('\r')).shown).toContain('Commit this to main? [y/N] ');
});
