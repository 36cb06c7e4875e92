#!/usr/bin/env node
// dist/knowngood.js of the published package. Plain JavaScript that any Node from 20 on can read: it hands over to
// the program itself, in this process on Node 24 and newer, else on the Node 24 that npm installed beside us.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./cli.js', import.meta.url));

function fail() {
  const machine = `${process.platform}-${process.arch}`;
  process.stderr.write(
    `knowngood: needs Node 24; this is ${process.version}, and npm installed no Node 24 for ${machine}. ` +
      'Install Node 24 and start again.\n',
  );
  process.exit(1);
}

/** Where npm put the Node 24 of this machine: one of our optional dependencies. */
function broughtNode() {
  const { resolve } = createRequire(import.meta.url);
  for (const name of ['node', 'node-bin']) {
    try {
      return join(
        dirname(resolve(`${name}-${process.platform}-${process.arch}/package.json`)),
        'bin',
        'node',
      );
    } catch {
      // not installed: not for this machine, or --omit=optional
    }
  }
  return fail();
}

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./cli.js');
} else {
  const child = spawn(broughtNode(), [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, from the terminal; we only have to outlive it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', fail); // for example a system with musl instead of glibc
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
