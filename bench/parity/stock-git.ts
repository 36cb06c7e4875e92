import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A throw-away bare copy of a repository, and stock git in it. The original is only read. */
export interface Scratch extends Disposable {
  readonly dir: string;
  readonly git: (...args: readonly string[]) => string;
  /** The tree that stock git makes of `base` when these paths are restored from `source`. */
  readonly restoredTree: (base: string, source: string, pathspecs: readonly string[]) => string;
}

export function scratchCopy(repository: string): Scratch {
  const root = mkdtempSync(join(tmpdir(), 'knowngood-parity-'));
  const dir = join(root, 'copy.git');
  const env = { ...process.env, GIT_INDEX_FILE: join(root, 'index') };
  const run = (args: readonly string[]) =>
    execFileSync('git', args, {
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  run(['clone', '-q', '--bare', '--shared', repository, dir]);
  const git = (...args: readonly string[]) => run(['--git-dir', dir, ...args]);
  let indexed = '';
  return {
    dir,
    git,
    restoredTree: (base, source, pathspecs) => {
      if (indexed !== base) git('read-tree', base);
      indexed = '';
      // Without an overlay, what the source lacks is deleted; a pathspec that matches on neither side is an error.
      try {
        git(
          '--work-tree',
          root,
          'restore',
          '--no-overlay',
          `--source=${source}`,
          '--staged',
          '--',
          ...pathspecs,
        );
      } catch (error) {
        if (!/did not match any file/.test(String(error))) throw error;
      }
      return git('write-tree');
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
