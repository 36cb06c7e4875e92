// Installs what a fresh clone lacks and finds a Node new enough to run us.
// Plain JavaScript: this is the one part that must run on the Node already there (20 or later).
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.knowngood-setup');
const lock = join(root, '.cache', 'setup.lock');

const wanted = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** True when this process holds the lock; false when another live process has it. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  let owner = 0;
  try {
    owner = Number(readFileSync(lock, 'utf8'));
  } catch {
    return false; // released in between: the caller asks again
  }
  if (owner > 0 && !alive(owner)) rmSync(lock, { force: true });
  return false;
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Makes node_modules match package-lock.json. Two callers at once: one installs, the other waits. */
export function ensureInstalled() {
  while (!installed()) {
    if (!takeLock()) {
      sleep(200);
      continue;
    }
    try {
      if (installed()) return;
      process.stderr.write('knowngood: installing what is missing (once)…\n');
      const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      });
      if (npm.error) throw npm.error;
      if (npm.status !== 0) {
        process.stderr.write('knowngood: npm ci failed; its message is above.\n');
        process.exit(1);
      }
      writeFileSync(stamp, wanted());
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

/** The Node that runs us: the present one from 24 on, else the one npm brought. */
export function nodePath() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const bundled = join(modules, '.bin', 'node');
  try {
    execFileSync(bundled, ['--version'], { stdio: 'ignore' });
    return bundled;
  } catch {
    process.stderr.write(
      `knowngood: needs Node 24 and npm has no build of it for ${process.platform}-${process.arch}; install Node 24 and start again.\n`,
    );
    process.exit(1);
  }
}
