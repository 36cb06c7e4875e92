import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { openServerLog } from './server-log.ts';

const linesOf = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('an error is one line with all its causes and without secrets', () => {
  const path = join(temporaryFolder('log'), 'server.log');
  const log = openServerLog(path, 'info');
  const cause = new Error('fatal: https://jane:hunter2-secret@git.example.com is away');
  log.error('fetching failed', new Error('could not fetch', { cause }), { project: 'prj_1' });
  log.info('listening', { port: 7420 });
  const [failed, listening] = linesOf(path);
  expect(failed).toMatchObject({
    level: 50,
    msg: 'fetching failed',
    project: 'prj_1',
    err: { message: 'could not fetch', cause: { message: 'fatal: https://…@git.example.com is away' } },
  });
  expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
  expect(listening).toMatchObject({ level: 30, msg: 'listening', port: 7420 });
  log.close();
});

test('the next start goes on in the same file; what is said after the end goes nowhere', () => {
  const path = join(temporaryFolder('log'), 'server.log');
  const first = openServerLog(path, 'error');
  first.info('not wanted');
  first.error('wanted', new Error('x'));
  first.close();
  first.error('too late', new Error('x'));
  const second = openServerLog(path, 'info');
  second.sink.write('{"msg":"of a request"}\n');
  second.close();
  expect(linesOf(path).map(({ msg }) => msg)).toEqual(['wanted', 'of a request']);
});

test('a place that cannot be written to is refused', () => {
  const path = join(temporaryFolder('log'), 'none/server.log');
  expect(() => openServerLog(path, 'info')).toThrow(`cannot keep data in ${path}: ENOENT`);
});
