// npm run bench:audit: how long the offline check of an audit export takes. The rows are written with the functions of
// the hub and read by `knowngood audit verify`, a program of its own. Usage: npm run bench:audit -- [--rows 1000000]
import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditBeginning, auditChainText } from '../src/domain/audit/audit-chain.ts';
import { checkpointText } from '../src/domain/audit/audit-checkpoint.ts';
import type { AuditEntry } from '../src/domain/audit/audit-entry.ts';
import { auditExportLine, checkpointExportLine } from '../src/domain/audit/audit-export-line.ts';
import { keyIdOf } from '../src/verify/signing-keys.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);
const folder = mkdtempSync(join(tmpdir(), 'knowngood-audit-'));
const path = join(folder, 'audit.jsonl');

const entryOf = (seq: number): AuditEntry => ({
  seq,
  at: 1_800_000_000_000 + seq,
  actor: {
    personId: 'usr_01',
    accountId: 'usr_01',
    name: 'jane',
    email: 'jane@example.com',
    credential: { kind: 'session', id: 'ses_01' },
  },
  action: 'request.approved',
  object: { type: 'request', id: `rbk-${seq}` },
  projectId: 'prj_01',
  requestId: `rbk-${seq}`,
  flags: [],
  details: { digest: `sha256:${'0'.repeat(64)}`, comment: 'as agreed' },
});

/** Writes the export; what vouches for it is a checkpoint behind its last row. */
async function writeExport(): Promise<void> {
  const key = generateKeyPairSync('ed25519');
  const file = createWriteStream(path);
  let prev = auditBeginning;
  for (let seq = 1; seq <= rows; seq += 1) {
    const entry = entryOf(seq);
    const hash = createHash('sha256').update(auditChainText(prev, entry)).digest('hex');
    if (!file.write(auditExportLine({ entry, prev, hash }))) await once(file, 'drain');
    prev = hash;
  }
  const statement = { seq: rows, hash: prev, at: 1_900_000_000_000, keyId: keyIdOf(key.publicKey) };
  const signature = sign(null, Buffer.from(checkpointText(statement)), key.privateKey).toString('base64');
  file.end(checkpointExportLine({ ...statement, signature }));
  await once(file, 'finish');
}

try {
  process.stderr.write(`writing ${rows.toLocaleString('en')} rows…\n`);
  await writeExport();
  const words = [join(import.meta.dirname, '../src/bin/cli.ts'), 'audit', 'verify', path];
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`the check failed: ${stdout}${stderr}`);
  process.stdout.write(
    `${stdout}${rows.toLocaleString('en')} rows verified in ${seconds.toFixed(1)} s, start of the program included (${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}); to be reached: < 10 s\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
