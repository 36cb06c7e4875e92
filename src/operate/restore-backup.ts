import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyRows } from '../app/audit/verify-rows.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { unbundleRepository } from '../git/bundle-repository.ts';
import { commitsMissing, inspectRepository } from '../git/inspect-repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { codeOf } from '../git/unwritable.ts';
import { openReadOnly } from '../store/read-only-store.ts';
import {
  type BackupManifest,
  backupFormat,
  bundleName,
  databaseName,
  isBackupName,
  keyName,
  manifestName,
  sealName,
} from './backup-manifest.ts';
import { type DataFiles, dataFiles } from './data-files.ts';
import { TarError, type TarFile, readTar } from './tar-file.ts';

/** What was restored and looked at. */
export interface Restored {
  readonly manifest: BackupManifest;
  readonly withKey: boolean;
  /** Commits of completed requests, all of which are on their branches. */
  readonly commits: number;
  readonly auditRows: number;
}

/**
 * Restores a backup into a folder that is empty or not there, and proves what it restored: every file by its digest,
 * the database, the audit log, each repository, and that each completed request has its commit. What does not hold is
 * `backup_damaged`, and then nothing is left behind.
 */
export async function restoreBackup(backup: string, dataDir: string): Promise<Restored> {
  const files = dataFiles(dataDir);
  const there = await readdir(dataDir).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Refusal('data_unusable', { path: dataDir, reason: codeOf(error) ?? String(error) });
  });
  if (there !== undefined && there.length > 0) throw new Refusal('restore_not_empty', { path: dataDir });
  try {
    await mkdir(files.repositories, { recursive: true, mode: 0o700 });
    const restored = await restore(backup, files);
    await syncFolder(dataDir);
    return restored;
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    if (there !== undefined) await mkdir(dataDir, { mode: 0o700 });
    throw refusalFor(error, backup, dataDir);
  }
}

function refusalFor(error: unknown, backup: string, dataDir: string): unknown {
  if (error instanceof TarError) return damaged(backup, error.message);
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const reason = codeOf(error) ?? error.message;
  const ofBackup = 'path' in error && error.path === backup;
  return ofBackup
    ? new Refusal('backup_unreadable', { path: backup, reason })
    : new Refusal('data_unusable', { path: dataDir, reason });
}

const damaged = (path: string, reason: string): Refusal => new Refusal('backup_damaged', { path, reason });

async function restore(backup: string, files: DataFiles): Promise<Restored> {
  const digests = new Map<string, string>();
  for await (const file of readTar(backup)) {
    if (!isBackupName(file.name)) throw new TarError('it is no backup of ours');
    digests.set(file.name, await extract(file, join(files.folder, file.name)));
  }
  const manifest = await readManifest(files.folder, digests.get(manifestName));
  for (const { name, sha256 } of manifest.files)
    if (digests.get(name) !== sha256) throw new TarError(`${name} is not as it was written`);
  for (const { id, kind, branch, bundled } of manifest.projects) {
    if (kind !== 'hosted') continue;
    const file = bundled ? join(files.folder, bundleName(id)) : undefined;
    await unbundleRepository(files.repository(id), { branch, file });
    const { problems } = await inspectRepository(files.repository(id), branch);
    if (problems.length > 0) throw damaged(backup, `repository ${id}: ${problems.join('; ')}`);
    if (file !== undefined) await rm(file);
  }
  for (const name of [manifestName, sealName]) await rm(join(files.folder, name));
  const proven =
    manifest.database === 'sqlite' ? await prove(backup, files, manifest) : { commits: 0, auditRows: 0 };
  return { manifest, withKey: digests.has(keyName), ...proven };
}

/** Writes a file and answers its digest. */
async function extract(from: TarFile, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  try {
    await from.copyTo(async (bytes) => {
      hash.update(bytes);
      await file.write(bytes);
    });
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function readManifest(folder: string, digest: string | undefined): Promise<BackupManifest> {
  const [text, seal] = await Promise.all(
    [manifestName, sealName].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  if (text === undefined || text === '' || digest === undefined) throw new TarError('it ends in the middle');
  if (seal !== digest) throw new TarError('its manifest is not as it was written');
  const manifest = JSON.parse(text) as BackupManifest;
  // A later version may write another format.
  if (manifest.format !== backupFormat) throw new TarError('it needs a newer version than this');
  return manifest;
}

async function prove(
  backup: string,
  files: DataFiles,
  { projects }: BackupManifest,
): Promise<Pick<Restored, 'commits' | 'auditRows'>> {
  const store = await openReadOnly(`file:${join(files.folder, databaseName)}`);
  try {
    const [damage] = store.damage();
    if (damage !== undefined) throw damaged(backup, `the database: ${damage}`);
    const [newer] = (await store.schema()).unknown;
    if (newer !== undefined) throw new Refusal('database_newer', { database: backup, migration: newer });
    const { rows, fault } = await verifyRows({ store: store.tables }, { after: undefined, known: [] });
    if (fault) throw damaged(backup, `the audit log does not hold from row ${fault.seq}`);
    let commits = 0;
    for (const { id, slug, kind, branch } of projects) {
      if (kind !== 'hosted') continue;
      const completed = await store.tables.requests.completedCommits(id);
      const [missing] = await commitsMissing(files.repository(id), { branch, commits: completed });
      if (missing !== undefined)
        throw damaged(backup, `project ${slug} lacks the completed commit ${missing}`);
      commits += completed.length;
    }
    return { commits, auditRows: rows };
  } finally {
    await store.close();
  }
}
