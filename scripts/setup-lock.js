// One installer at a time in a clone. Node has no file locks, so this is a file that names the processes at work.
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeat = 10_000;
/** A lock nobody has touched for so long is stale even if its process id is in use: ids come round again. */
const longestSilence = 300_000;
/** Breaking a stale lock takes microseconds; whoever needs longer is gone. */
const longestBreak = 10_000;

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Creates the lock with its content in one step, so that nobody ever reads half of it. */
function create(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\n`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

const silentFor = (file) => Date.now() - statSync(file).mtimeMs;
const owners = (file) => readFileSync(file, 'utf8').trim().split('\n').map(Number);

function stale(file, patience = longestSilence) {
  try {
    return !owners(file).some(alive) || silentFor(file) > patience;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return false; // released in between: the caller asks again
  }
}

/**
 * Removes a stale lock. Under a lock of its own, and after a second look, because between the first look and the
 * removal another process may have broken the stale lock and taken a fresh one.
 */
function breakLock(file) {
  const breaking = `${file}.break`;
  if (!create(breaking)) {
    if (stale(breaking, longestBreak)) rmSync(breaking, { force: true });
    return;
  }
  try {
    if (stale(file)) rmSync(file, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // somebody removed it by hand: the install goes on
  }
}

async function take(file) {
  let told = false;
  while (!create(file)) {
    if (stale(file)) {
      breakLock(file);
      continue;
    }
    if (!told) process.stderr.write(`knowngood: another start is installing; waiting for it (${file})…\n`);
    told = true;
    await sleep(100);
  }
}

/** Runs `work` while this process holds the lock in `folder`; `work` may name a second process to be waited for. */
export async function withSetupLock(folder, work) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'setup.lock');
  await take(file);
  const beat = setInterval(() => touch(file), heartbeat);
  try {
    return await work((pid) => writeFileSync(file, `${process.pid}\n${pid}\n`));
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}
