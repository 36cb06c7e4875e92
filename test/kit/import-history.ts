import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitLiteral, FilesLiteral } from './fast-import.ts';
import { fastImportStream } from './fast-import.ts';
import { gitBytes } from './git.ts';

/** One commit of these files, or a list of commits. */
export type HistoryLiteral = FilesLiteral | readonly CommitLiteral[];

const isHistory = (of: HistoryLiteral): of is readonly CommitLiteral[] => Array.isArray(of);

/** Writes a literal history into the repository whose Git folder this is; the commit ids, in its order. */
export function importHistory(gitDir: string, of: HistoryLiteral, branch: string): readonly string[] {
  const history = isHistory(of) ? of : [{ files: of }];
  if (history.length === 0) return [];
  const marks = join(gitDir, 'test-marks');
  const args = ['fast-import', '--quiet', '--date-format=raw', `--export-marks=${marks}`];
  gitBytes(gitDir, args, fastImportStream(history, branch));
  const oids = new Map(
    readFileSync(marks, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  rmSync(marks);
  return history.map((_, index) => oids.get(`:${index + 1}`) ?? '');
}
