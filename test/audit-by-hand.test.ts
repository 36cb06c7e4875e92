import { readFileSync, writeFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportAudit } from '../src/app/audit/export-audit.ts';
import { listCheckpoints } from '../src/app/audit/list-checkpoints.ts';
import { recordChange } from '../src/app/audit/record-change.ts';
import { readPublicKey, signingKeys } from '../src/verify/signing-keys.ts';
import { verifyExport } from '../src/verify/verify-export.ts';
import { root } from './kit/fresh-clone.ts';
import { makeHub, person } from './kit/hub.ts';
import { temporaryFolder } from './kit/repository.ts';
import { runProgram } from './kit/run-program.ts';
import { sqlOn } from './kit/sql-on.ts';

const page = readFileSync(join(root, 'docs/audit.md'), 'utf8');
const scripts = [...page.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, script = '']) => script);

/** A hub whose log has some rows, and what people take out of it. */
async function makeExport() {
  const hub = await makeHub();
  const admin = await person(hub, 'admin', { role: 'admin' });
  for (const id of ['rbk-1', 'rbk-2', 'rbk-3'])
    await hub.store.tx((tx) =>
      recordChange(tx, admin, {
        at: hub.clock(),
        action: 'request.noted',
        object: { type: 'request', id },
        details: { note: `“${id}” \\ \n\u2028`, '9': 1, '10': [null] },
      }),
    );
  const take = async (): Promise<string> => {
    const pieces: string[] = [];
    for await (const piece of await exportAudit(hub, admin, { format: 'jsonl' })) pieces.push(piece);
    return pieces.join('');
  };
  const log = await take();
  const [checkpoint] = await listCheckpoints(hub, admin);
  const publicKey = checkpoint?.publicKey ?? '';
  return { hub, log, take, publicKey, [Symbol.asyncDispose]: hub.close };
}

/** What the steps of the page say about a log. */
async function byHand(log: string, publicKey: string, script = 0) {
  const dir = temporaryFolder('audit');
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  writeFileSync(join(dir, 'audit.jsonl'), log);
  writeFileSync(join(dir, 'hub.pem'), key.export({ format: 'pem', type: 'spki' }));
  return runProgram('bash', ['-c', scripts[script] ?? 'false'], { cwd: dir });
}

async function byUs(log: string, publicKey: string): Promise<string> {
  async function* bytes(): AsyncGenerator<Uint8Array, void> {
    yield Buffer.from(log);
  }
  const key = readPublicKey(publicKey);
  const parts = [{ name: 'log', bytes: bytes() }];
  const { fault } = await verifyExport({
    parts,
    checkpoints: undefined,
    keys: signingKeys(key ? [key] : []),
  });
  return fault ? `row ${fault.seq} ${fault.reason}` : 'ok';
}

test('an export of a hub is in order for the verifier, and by the steps of docs/audit.md', async () => {
  await using made = await makeExport();
  const { log, publicKey } = made;
  expect(await byUs(log, publicKey)).toBe('ok');
  const head = (JSON.parse(log.trimEnd().split('\n').at(-1) ?? '') as { checkpoint: { hash: string } })
    .checkpoint.hash;
  expect((await byHand(log, publicKey)).stdout).toBe(`in order, up to ${head}\n`);
});

test('the steps of docs/audit.md find what was altered, taken out or moved', async () => {
  await using made = await makeExport();
  const { log, publicKey } = made;
  const lines = log.split('\n');
  const [first = '', second = ''] = lines;
  for (const bad of [
    log.replace('rbk-2', 'rbk-9'),
    lines.slice(1).join('\n'),
    [second, first, ...lines.slice(2)].join('\n'),
    `${log}x\n`,
  ])
    expect((await byHand(bad, publicKey)).code).toBe(1);
});

test('the signature of the last checkpoint holds for openssl, and not for another statement', async (context) => {
  if ((await runProgram('openssl', ['version'])).code !== 0) context.skip('openssl is not installed');
  await using made = await makeExport();
  const { log, publicKey } = made;
  const good = await byHand(log, publicKey, 1);
  expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('Verified Successfully') as string });
  const bad = log.replace(/"at":(\d+),"keyId"/g, '"at":1,"keyId"');
  expect((await byHand(bad, publicKey, 1)).code).not.toBe(0);
});

/** The database itself refuses to change rows; whoever owns it can take that away. */
const unguarded = 'drop trigger audit_no_update; drop trigger audit_no_delete;';

test('what was done to the database of a hub is found in its export', async () => {
  for (const [statement, fault] of [
    ["update audit set entry = replace(entry, 'rbk-2', 'rbk-9') where seq = 2", 'row 2 was altered'],
    ['delete from audit where seq = 2', 'row 2 is missing'],
    ['delete from audit where seq >= 3', 'row 4 is missing'],
    ['update audit set entry = replace(entry, \'"seq":4\', \'"seq":2\') where seq = 4', 'row 4 was altered'],
  ] as const) {
    await using made = await makeExport();
    await sqlOn(made.hub.url, `${unguarded} ${statement}`);
    expect(await byUs(await made.take(), made.publicKey)).toContain(fault);
  }
});
