import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { ProjectSettings } from '../app/projects/hub-project.ts';
import { bundleRepository } from '../git/bundle-repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { codeOf } from '../git/unwritable.ts';
import { type ReadOnlyStore, openReadOnly } from '../store/read-only-store.ts';
import {
  type BackedUpProject,
  type BackupManifest,
  backupFormat,
  bundleName,
  databaseName,
  keyName,
  manifestName,
  sealName,
} from './backup-manifest.ts';
import { dataFiles } from './data-files.ts';
import { type TarEntry, type TarWriter, openTarWriter } from './tar-file.ts';

export interface BackupOrder {
  readonly dataDir: string;
  /** `file:…` or `postgres://…`. */
  readonly database: string;
  readonly to: string;
  readonly withKey: boolean;
  readonly version: string;
  readonly now: number;
}

/**
 * Copies the data of a server into one file, which is whole or not there, while the server runs. The database comes
 * first and Git second: then every commit that the database calls completed is in the repositories that follow it, and
 * what Git has beyond that is found by the indexer. Copies of upstreams are left out: they are fetched again.
 */
export async function backUp(order: BackupOrder): Promise<BackupManifest> {
  const { to } = order;
  if (existsSync(to)) throw new Refusal('backup_exists', { path: to });
  const draft = `${to}.part`;
  let parts = '';
  try {
    await rm(draft, { force: true });
    parts = await mkdtemp(join(dirname(to), `.${basename(to)}-`));
    const tar = await openTarWriter(draft);
    try {
      const manifest = await write(order, tar, parts);
      await tar.finish();
      await rename(draft, to);
      await syncFolder(dirname(to));
      return manifest;
    } finally {
      await tar.close();
    }
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = error instanceof Refusal ? undefined : codeOf(error);
    throw reason === undefined ? error : new Refusal('backup_unwritable', { path: to, reason });
  } finally {
    if (parts !== '') await rm(parts, { recursive: true, force: true });
  }
}

async function write(order: BackupOrder, tar: TarWriter, parts: string): Promise<BackupManifest> {
  const files: TarEntry[] = [];
  const copied = await copyDatabase(order, tar, { parts, files });
  try {
    const projects: BackedUpProject[] = [];
    for (const project of await copied.tables.projects.list<ProjectSettings>()) {
      const { id, slug, kind, settings } = project;
      const bundle = join(parts, 'repository.bundle');
      const path = await repositoryOf(order, id);
      const bundled = kind === 'hosted' && (await bundleRepository(path, bundle));
      if (bundled) files.push(await tar.addFile(bundleName(id), bundle));
      await rm(bundle, { force: true });
      projects.push({ id, slug, kind, branch: settings.branch, bundled });
    }
    const { key } = dataFiles(order.dataDir);
    if (order.withKey && existsSync(key)) files.push(await tar.addFile(keyName, key));
    const { kind } = copied;
    const about = {
      format: backupFormat,
      version: order.version,
      takenAt: order.now,
      database: kind,
    } as const;
    const manifest: BackupManifest = { ...about, files, projects };
    const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
    await tar.addText(manifestName, text);
    await tar.addText(sealName, createHash('sha256').update(text).digest('hex'));
    return manifest;
  } finally {
    await copied.close();
  }
}

/** The database as it was copied: what it says has to be in the repositories. On PostgreSQL it is the live one. */
async function copyDatabase(
  { database }: BackupOrder,
  tar: TarWriter,
  { parts, files }: { readonly parts: string; readonly files: TarEntry[] },
): Promise<ReadOnlyStore> {
  const live = await openReadOnly(database);
  if (live.kind === 'postgres') return live;
  const copy = join(parts, databaseName);
  try {
    live.snapshot(copy);
  } finally {
    await live.close();
  }
  files.push(await tar.addFile(databaseName, copy));
  return openReadOnly(`file:${copy}`);
}

/** A project that was deleted since the database was copied has its repository put aside. */
async function repositoryOf({ dataDir }: BackupOrder, projectId: string): Promise<string> {
  const path = dataFiles(dataDir).repository(projectId);
  const aside = `${path}.deleted`;
  return !existsSync(path) && existsSync(aside) ? aside : path;
}
