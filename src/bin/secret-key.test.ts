import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { loadSecretKey, readSecretKey } from './secret-key.ts';

afterEach(() => armFailPoints(undefined));

test('the key is made once, for nobody else to read, and stays the same', async () => {
  const dataDir = temporaryFolder('key');
  expect(await readSecretKey(dataDir, undefined)).toBeUndefined();
  const made = await loadSecretKey(dataDir, undefined);
  expect(made).toHaveLength(32);
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(await loadSecretKey(dataDir, '')).toEqual(made);
  expect(readdirSync(dataDir)).toEqual(['secret.key']);
});

test('many that start at once go on with one key', async () => {
  const dataDir = temporaryFolder('key');
  const keys = await Promise.all(Array.from({ length: 20 }, () => loadSecretKey(dataDir, undefined)));
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
  expect(readdirSync(dataDir)).toEqual(['secret.key']);
});

test.for(['bin.key.drafted', 'bin.key.placed'])(
  'a first start that dies at %s leaves no trouble',
  async (point) => {
    const dataDir = temporaryFolder('key');
    armFailPoints((passed) => {
      if (passed === point) throw new Error('died');
    });
    await expect(loadSecretKey(dataDir, undefined)).rejects.toThrow('died');
    armFailPoints(undefined);
    const kept = await readSecretKey(dataDir, undefined);
    expect(kept !== undefined).toBe(point === 'bin.key.placed');
    const next = await loadSecretKey(dataDir, undefined);
    expect(next).toEqual(kept ?? readFileSync(join(dataDir, 'secret.key')));
  },
);

test('a key in the environment is taken as it is, and no file is made', async () => {
  const dataDir = temporaryFolder('key');
  const key = Buffer.alloc(32, 7);
  expect(await loadSecretKey(dataDir, key.toString('base64'))).toEqual(key);
  expect(await loadSecretKey(dataDir, `${key.toString('base64')}\n`)).toEqual(key);
  expect(readdirSync(dataDir)).toEqual([]);
  for (const wrong of ['short', key.toString('hex'), Buffer.alloc(31).toString('base64'), ' '])
    await expect(loadSecretKey(dataDir, wrong)).rejects.toMatchObject({ code: 'secret_key_malformed' });
});

test('a file of another length is refused and stays as it is', async () => {
  for (const length of [0, 31, 33]) {
    const dataDir = temporaryFolder('key');
    const path = join(dataDir, 'secret.key');
    writeFileSync(path, Buffer.alloc(length), { mode: 0o600 });
    await expect(loadSecretKey(dataDir, undefined)).rejects.toThrow(
      `${path} is not the key of 32 bytes that was made there; put it back from a backup`,
    );
    expect(readFileSync(path)).toHaveLength(length);
  }
  const dataDir = temporaryFolder('key');
  mkdirSync(join(dataDir, 'secret.key'));
  await expect(loadSecretKey(dataDir, undefined)).rejects.toMatchObject({ code: 'secret_key_damaged' });
});

test('a key that others on the machine can read or change is refused', async () => {
  const dataDir = temporaryFolder('key');
  const path = join(dataDir, 'secret.key');
  const key = await loadSecretKey(dataDir, undefined);
  for (const mode of [0o644, 0o604, 0o602]) {
    chmodSync(path, mode);
    await expect(loadSecretKey(dataDir, undefined)).rejects.toThrow(
      `others on this machine can read or change ${path}; run: chmod 600 ${path}`,
    );
  }
  chmodSync(path, 0o660);
  expect(await loadSecretKey(dataDir, undefined)).toEqual(key);
});

test('a folder that is not there is a refusal, not a bug', async () => {
  const dataDir = join(temporaryFolder('key'), 'missing');
  await expect(loadSecretKey(dataDir, undefined)).rejects.toMatchObject({ code: 'repository_unwritable' });
  expect(existsSync(dataDir)).toBe(false);
});
