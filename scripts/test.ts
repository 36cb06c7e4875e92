// npm test: format, types, lint and every test, in this order; stops at the first that fails.
// npm run check leaves the tests out. Other arguments go to vitest: npm test -- src/tree -t 'some name'
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const options = process.argv.slice(2);
const steps: [string, string[]][] = [
  [
    'format',
    [bin('prettier'), '--check', '--cache', '--cache-location=.cache/prettier', '--log-level=warn', '.'],
  ],
  ['types', [bin('tsc'), '--noEmit']],
  ['types of the pure rooms', [bin('tsc'), '--noEmit', '-p', 'tsconfig.pure.json']],
  ['types of the console', [bin('tsc'), '--noEmit', '-p', 'web/tsconfig.json']],
  ['lint', [bin('oxlint'), '--type-aware', '--deny-warnings']],
];
if (!options.includes('--no-tests')) steps.push(['tests', [bin('vitest'), 'run', ...options]]);

for (const [name, command] of steps) {
  process.stdout.write(`— ${name}\n`);
  const { status, error } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) {
    process.stderr.write(`knowngood: ${name} failed\n`);
    process.exitCode = status ?? 1;
    break;
  }
}
