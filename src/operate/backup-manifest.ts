import type { TarEntry } from './tar-file.ts';

export const backupFormat = 1;

/** Comes after everything that it names: a backup without one was cut short. */
export const manifestName = 'manifest.json';
/** Its SHA-256 in hexadecimal, behind it. */
export const sealName = 'manifest.sha256';
export const databaseName = 'hub.db';
export const keyName = 'secret.key';
export const bundleName = (projectId: string): string => `repositories/${projectId}.bundle`;

/** What a backup holds, and what must be true after it is restored. */
export interface BackupManifest {
  readonly format: number;
  readonly version: string;
  /** Milliseconds since 1970, when the database was copied. */
  readonly takenAt: number;
  /** `postgres`: the database is not in here. */
  readonly database: 'sqlite' | 'postgres';
  readonly files: readonly TarEntry[];
  readonly projects: readonly BackedUpProject[];
}

export interface BackedUpProject {
  readonly id: string;
  readonly slug: string;
  readonly kind: 'hosted' | 'connected';
  readonly branch: string;
  /** Of a hosted project with commits. */
  readonly bundled: boolean;
}

/** True for the names that a backup may have; others could lead out of the folder that it is restored to. */
export const isBackupName = (name: string): boolean =>
  [manifestName, sealName, databaseName, keyName].includes(name) ||
  /^repositories\/[\w-]+\.bundle$/.test(name);
