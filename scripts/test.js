// npm test: installs what is missing, then format, types, lint and every test. Stops at the first that fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, nodePath, root } from './setup.js';

ensureInstalled();
const node = nodePath();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const args = process.argv.slice(2);
const checksOnly = args.includes('--no-tests');
const steps = [
  ['format', [bin('prettier'), '--check', '--log-level=warn', '.']],
  ['types', [bin('tsc'), '--noEmit']],
  ['types of the pure rooms', [bin('tsc'), '--noEmit', '-p', 'tsconfig.pure.json']],
  ['lint', [bin('oxlint'), '--type-aware', '--deny-warnings']],
];
if (!checksOnly) steps.push(['tests', [bin('vitest'), 'run', ...args]]);

for (const [name, command] of steps) {
  process.stdout.write(`— ${name}\n`);
  const run = spawnSync(node, command, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) {
    process.stderr.write(`knowngood: ${name} failed\n`);
    process.exit(run.status ?? 1);
  }
}
