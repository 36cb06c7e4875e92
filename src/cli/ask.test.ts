import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { askLine, askSecret } from './ask.ts';

async function typed(ask: typeof askLine, keys: string) {
  const stdin = new PassThrough();
  const terminal = recordingTerminal({ stdin, interactive: true });
  const answer = ask(terminal, 'Password: ');
  stdin.write(keys);
  return { answer: await answer, shown: terminal.errors() };
}

test('a line is shown while it is typed, and a secret is not', async () => {
  const line = await typed(askLine, 'hunter2\r');
  expect(line.answer).toBe('hunter2');
  expect(line.shown).toContain('hunter2');
  expect(await typed(askSecret, 'hunter2\r')).toEqual({ answer: 'hunter2', shown: 'Password: \n' });
});

test('spaces belong to a password, and a key that deletes deletes', async () => {
  expect((await typed(askSecret, ' a bx\u007fc \r')).answer).toBe(' a bc ');
});

test.each(['hunter\u0003', '\u0004'])('%j is no answer', async (keys) => {
  for (const ask of [askLine, askSecret]) expect((await typed(ask, keys)).answer).toBeUndefined();
  expect((await typed(askSecret, keys)).shown).toBe('Password: \n');
});
