// Installs what a fresh clone lacks and prints the path of a Node new enough to run us.
// Plain JavaScript: this is the one part that must run on the Node already there (20 or later).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSetupLock } from './setup-lock.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const ready = join(modules, '.knowngood');
const stampedLock = join(ready, 'package-lock.json');
const stampedNode = join(ready, 'node');
const hiddenLock = join(modules, '.package-lock.json');

/** A stop with one clear line for the person who started us. */
class SetupError extends Error {}

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const stamped = (wanted) => read(stampedLock) === wanted && existsSync(stampedNode);

const forThisMachine = ({ os, cpu, libc }) =>
  Boolean(os?.includes(process.platform)) && Boolean(cpu?.includes(process.arch)) && libc === undefined;

/**
 * True when node_modules holds what package-lock.json asks for, whoever installed it. npm writes its hidden lock file
 * last; the look at each package catches a removal that was cut short.
 */
function complete(wanted) {
  const hidden = read(hiddenLock);
  if (hidden === undefined) return false;
  const asked = JSON.parse(wanted).packages;
  const present = JSON.parse(hidden).packages;
  const same = ([path, { version, integrity }]) =>
    asked[path]?.version === version &&
    asked[path]?.integrity === integrity &&
    existsSync(join(root, path, 'package.json'));
  const needed = ([path, entry]) => path !== '' && (!entry.optional || forThisMachine(entry));
  return (
    Object.entries(present).every(same) &&
    Object.entries(asked)
      .filter(needed)
      .every(([path]) => path in present)
  );
}

/**
 * The Node that runs us: the one npm brought, else the present one. The oldest build that npm has for some machine is
 * 24.0, which runs us but warns about TypeScript; there a present Node from 24.3 on goes first.
 */
function findNode() {
  const brought = join(modules, '.bin', 'node');
  const { stdout } = spawnSync(brought, ['--version'], { encoding: 'utf8' });
  const candidates = [
    { path: brought, version: stdout ?? '' },
    { path: process.execPath, version: process.version },
  ].map(({ path, version }) => {
    const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
    return { path, quiet: major > 24 || (major === 24 && minor >= 3), good: major >= 24 };
  });
  const found = candidates.find(({ quiet }) => quiet) ?? candidates.find(({ good }) => good);
  if (found) return found.path;
  throw new SetupError(
    `needs Node 24, and npm has no build of it for ${process.platform}-${process.arch}; install Node 24 and start again`,
  );
}

/**
 * Says that `wanted` is installed, for the quick way of run.sh. Two may say so at once: the folder appears whole, and
 * whose it is does not matter. Where we may only read, every start looks for itself.
 */
function stamp(wanted, node) {
  const draft = `${ready}.${process.pid}`;
  try {
    mkdirSync(draft);
    symlinkSync(node === process.execPath ? node : '../.bin/node', join(draft, 'node'));
    writeFileSync(join(draft, 'package-lock.json'), wanted);
    rmSync(ready, { recursive: true, force: true });
    renameSync(draft, ready);
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM', 'EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Runs npm ci; `started` is told its process id. */
async function install(started) {
  process.stderr.write('knowngood: installing what is missing (once)…\n');
  rmSync(ready, { recursive: true, force: true });
  rmSync(hiddenLock, { force: true });
  const npm = spawn(
    'npm',
    ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  );
  const status = await new Promise((resolve, reject) => {
    npm.on('error', reject);
    npm.on('exit', (code, signal) => resolve(signal ?? code));
    if (npm.pid !== undefined) started(npm.pid);
  });
  if (status !== 0) throw new SetupError('npm ci failed; its message is above');
}

const reasons = {
  ENOENT: () => 'npm was not found on the PATH; install Node 20 or newer with npm, then start again',
  EROFS: (error) => `cannot install into ${root}: ${error.message}`,
};
reasons.EACCES = reasons.EROFS;
reasons.EPERM = reasons.EROFS;
reasons.ENOSPC = reasons.EROFS;

/** Makes node_modules match package-lock.json and returns the Node to use. Two at once: one installs, one waits. */
async function setUp() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`needs Node 20 or newer to start; this is ${process.version}`);
  }
  const wanted = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const done = () => {
    if (stamped(wanted)) return stampedNode;
    if (!complete(wanted)) return undefined;
    const node = findNode();
    stamp(wanted, node);
    return node;
  };
  return (
    done() ??
    (await withSetupLock(join(root, '.cache'), async (started) => {
      const already = done();
      if (already !== undefined) return already;
      await install(started);
      const node = findNode();
      stamp(wanted, node);
      return node;
    }))
  );
}

try {
  process.stdout.write(`${await setUp()}\n`);
} catch (error) {
  const reason = error instanceof SetupError ? error.message : reasons[error.code]?.(error);
  process.stderr.write(`knowngood: ${reason ?? error.stack}\n`);
  process.exitCode = 1;
}
