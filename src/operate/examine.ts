import { existsSync } from 'node:fs';
import { sealFits } from '../app/audit/audit-key.ts';
import { sealWith } from '../app/seal.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type ReadOnlyStore, openReadOnly } from '../store/read-only-store.ts';
import { dataFiles } from './data-files.ts';
import {
  examineAudit,
  examineClock,
  examineFile,
  examineRequests,
  examineSchema,
} from './examine-database.ts';
import { examineDisk, examineFolder, examineGit } from './examine-machine.ts';
import { examineRepositories } from './examine-repositories.ts';
import { type Finding, failure, fine, wordsOf } from './finding.ts';

export interface Patient {
  readonly dataDir: string;
  /** `file:…` or `postgres://…`. */
  readonly database: string;
  /** Reads the key as a server would; undefined where none was made yet. */
  readonly readKey: () => Promise<Uint8Array | undefined>;
  /** Whether a server has the folder. */
  readonly running: boolean;
  readonly now: number;
}

/**
 * Looks at everything that a server needs and keeps, and changes nothing; a server may be running meanwhile. Throws
 * `data_missing` where there is nothing to look at.
 */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const files = dataFiles(patient.dataDir);
  if (!existsSync(files.folder) || (!existsSync(files.database) && !existsSync(files.repositories)))
    throw new Refusal('data_missing', { path: patient.dataDir });
  const findings = [
    fine('server', patient.running ? 'running' : 'not running'),
    await examineGit(),
    await examineFolder(files.folder),
    await examineDisk(files.folder),
  ];
  const store = await openReadOnly(patient.database).catch((error: unknown) => {
    findings.push(
      failure('database', wordsOf(error), 'is --database right, and does it answer? Else restore a backup'),
    );
    return undefined;
  });
  if (!store) return findings;
  try {
    const file = examineFile(store);
    findings.push(file);
    // A damaged file answers at random.
    if (file.status === 'ok') findings.push(...(await examineStore(store, patient)));
    return findings;
  } finally {
    await store.close();
  }
}

async function examineStore(store: ReadOnlyStore, patient: Patient): Promise<readonly Finding[]> {
  const schema = await examineSchema(store);
  // Other tables than those we know cannot be asked.
  if (schema.status !== 'ok') return [schema];
  return [
    schema,
    await examineKey(store, patient),
    await examineAudit(store),
    await examineRequests(store, patient),
    await examineClock(store, patient.now),
    ...(await examineRepositories(store, dataFiles(patient.dataDir))),
  ];
}

async function examineKey({ tables }: ReadOnlyStore, { readKey }: Patient): Promise<Finding> {
  const next = 'put back the secret.key that was made with this database, or set KNOWNGOOD_SECRET_KEY';
  try {
    const key = await readKey();
    if (!key) return failure('secret key', 'there is none', next);
    const fits = await sealFits(tables.settings, sealWith(key));
    if (fits === undefined) return fine('secret key', 'nothing was sealed with it yet');
    return fits
      ? fine('secret key', 'it opens what is sealed')
      : failure('secret key', 'it is another one', next);
  } catch (error) {
    return failure('secret key', wordsOf(error), next);
  }
}
