// run.js FILE [ARG…]: runs one of our TypeScript files on Node 24, installing first when needed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, nodePath, root } from './setup.js';

ensureInstalled();
const [file, ...rest] = process.argv.slice(2);
const child = spawn(nodePath(), [join(root, file), ...rest], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
