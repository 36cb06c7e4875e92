import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/kit/repository.ts';
import { runCli } from '../../../test/kit/run-cli.ts';
import { runLocal } from '../../../test/kit/run-local.ts';
import { chainOf, exportOf, hubKey, makeKey } from '../../verify/export.test-kit.ts';

const lines = exportOf(chainOf([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]));

/** A folder with these files. */
function folder(files: Readonly<Record<string, string>>): string {
  const dir = temporaryFolder('audit');
  const key = hubKey.publicKey.export({ format: 'pem', type: 'spki' });
  const all = { 'audit.jsonl': lines.join(''), 'hub.pem': String(key), ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(dir, name), text);
  return dir;
}

test('an export in order ends with 0, and what was not checked is said', async () => {
  const cwd = folder({});
  expect(await runLocal(['audit', 'verify', 'audit.jsonl', '--key', 'hub.pem'], { cwd })).toEqual({
    code: 0,
    stdout: 'In order: 4 rows, 2 checkpoints\n',
    stderr: '',
  });
  expect(await runLocal(['audit', 'verify', 'audit.jsonl'], { cwd })).toMatchObject({
    code: 0,
    stderr: 'note: signatures were not checked; give the key of the hub with --key\n',
  });
});

test('the first bad row is named in one line, with its place, and ends with 1', async () => {
  const cwd = folder({ 'audit.jsonl': lines.join('').replace('{"a":2}', '{"a":9}') });
  expect(await runCli(['audit', 'verify', 'audit.jsonl'], { cwd })).toMatchObject({
    code: 1,
    stdout: 'Row 2 was altered: it does not have the hash that it claims (audit.jsonl, line 2)\n',
    stderr: '',
  });
  const { code, stdout } = await runLocal(['audit', 'verify', 'audit.jsonl', '-o', 'json'], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    rows: 1,
    firstBad: { seq: 2, file: 'audit.jsonl', line: 2 },
    signatures: 'not checked',
  });
});

test('parts are read in order, and stdin as -', async () => {
  const cwd = folder({ one: lines.slice(0, 2).join(''), two: lines.slice(2).join('') });
  expect((await runLocal(['audit', 'verify', 'one', 'two'], { cwd })).code).toBe(0);
  expect((await runLocal(['audit', 'verify', 'two', 'one'], { cwd })).stdout).toBe(
    'Row 1 stands in the wrong place (two, line 1)\n',
  );
  const input = lines.slice(2).join('');
  expect(await runCli(['audit', 'verify', 'one', '-'], { cwd, input })).toMatchObject({ code: 0 });
});

test('checkpoints that were kept apart find what was cut off since', async () => {
  const cwd = folder({ 'cut.jsonl': exportOf(chainOf([{ a: 1 }])).join('') });
  const words = ['audit', 'verify', 'cut.jsonl', '--checkpoints', 'audit.jsonl'];
  expect(await runLocal(words, { cwd })).toMatchObject({
    code: 1,
    stdout: 'Row 2 is missing (audit.jsonl, line 4)\n',
  });
});

test('files that cannot be read, and keys that are none, are refused', async () => {
  const other = makeKey().publicKey.export({ format: 'pem', type: 'spki' });
  const cwd = folder({ 'other.pem': String(other) });
  const refused = async (...words: string[]) => {
    const { code, stdout, stderr } = await runLocal(['audit', 'verify', ...words], { cwd });
    return [code, `${stdout}${stderr}`];
  };
  expect(await refused('nowhere')).toEqual([2, expect.stringContaining('cannot read nowhere: ENOENT')]);
  expect(await refused('.')).toEqual([2, expect.stringContaining('cannot read .: EISDIR')]);
  expect(await refused('audit.jsonl', '--key', 'none')).toEqual([
    2,
    'knowngood: cannot read none: there is no such file\n',
  ]);
  expect(await refused('audit.jsonl', '--key', 'audit.jsonl')).toEqual([
    2,
    'knowngood: cannot read audit.jsonl: it holds no Ed25519 public key\n',
  ]);
  expect(await refused('audit.jsonl', '--key', 'other.pem')).toEqual([
    1,
    expect.stringMatching(/^Row 3 has a checkpoint signed with key \w+, which was not given/),
  ]);
});
