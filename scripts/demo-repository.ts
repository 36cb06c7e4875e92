// npm run demo -- DIR: makes a small GitOps repository to try Knowngood on, DIR/upstream.git, and a clone of it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fastImportStream } from '../test/kit/fast-import.ts';
import { demoHistory } from './demo/history.ts';

/** The folders of a demo. */
export interface Demo {
  readonly upstream: string;
  readonly clone: string;
}

/** Makes the demo in a new or empty folder. Commit ids are the same on every machine. */
export function makeDemo(dir: string): Demo {
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new Error(`${dir} is not empty`);
  mkdirSync(dir, { recursive: true });
  const git = (args: readonly string[], input?: Uint8Array) =>
    execFileSync('git', args, { cwd: dir, input: input ?? '', stdio: ['pipe', 'ignore', 'inherit'] });
  const upstream = join(dir, 'upstream.git');
  const clone = join(dir, 'clone');
  git(['init', '-q', '--bare', '--template=', '--initial-branch=main', upstream]);
  const stream = fastImportStream(demoHistory(), 'main');
  git(['--git-dir', upstream, 'fast-import', '--quiet', '--date-format=raw'], stream);
  git(['clone', '-q', '--template=', upstream, clone]);
  return { upstream, clone };
}

if (import.meta.main) {
  const [dir] = process.argv.slice(2);
  if (dir === undefined || dir.startsWith('-')) {
    process.stderr.write('usage: npm run demo -- DIR\n');
    process.exitCode = 2;
  } else {
    const { clone } = makeDemo(resolve(dir));
    process.stdout.write(
      `Made ${clone}, a clone of ${join(dir, 'upstream.git')}.\n` +
        'The newest release of acme/production brought a bad api-gateway. Look at it:\n' +
        `  ./knowngood history --repo ${clone} -t acme -e production\n`,
    );
  }
}
