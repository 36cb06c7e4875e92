import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDemo } from '../scripts/demo-repository.ts';
import { git } from './kit/git.ts';
import { temporaryFolder } from './kit/repository.ts';
import { runProgram } from './kit/run-program.ts';

/** A repository to replay rollbacks of, and the templates of its layout. */
interface History {
  readonly name: string;
  readonly make: () => string;
  readonly layout: readonly string[];
}

const demo: History = {
  name: 'the demo',
  make: () => makeDemo(temporaryFolder('demo')).upstream,
  layout: ['tenants/{tenant}/{environment}/{service}/**', 'tenants/{tenant}/{environment}/**'],
};

/** Git's own copy of a large public history of components, where `KNOWNGOOD_FIXTURE` names its bundle. */
const fixture = process.env['KNOWNGOOD_FIXTURE'];
const places = '{environment:production|staging|development}';
const real: readonly History[] =
  fixture === undefined
    ? []
    : [
        {
          name: 'a history of thousands of commits',
          make: () => {
            const dir = join(temporaryFolder('fixture'), 'components.git');
            git('.', 'clone', '-q', '--bare', '--branch', 'main', fixture, dir);
            return dir;
          },
          layout: [
            `components/{service}/${places}/{tenant}/**`,
            `components/{service}/${places}/base/**`,
            `components/{service}/${places}/**`,
            'components/{service}/base/**',
          ],
        },
      ];

describe.each([demo, ...real])('$name', ({ make, layout }) => {
  test('a random rollback gives the tree that stock git gives, and a field edit changes its bytes alone', async () => {
    const program = join(import.meta.dirname, '../bench/parity.ts');
    const templates = layout.flatMap((template) => ['--layout', template]);
    const args = [program, '--repo', make(), '--count', '6', ...templates];
    const { code, stdout } = await runProgram(process.execPath, args, {});
    expect(stdout).toMatch(/^full: equal: \d+$/m);
    expect(stdout).toMatch(/^service: equal: \d+$/m);
    expect(stdout).not.toContain('different');
    expect(stdout).toMatch(/^scalar fields: [1-9]\d*, refused 0 /m);
    expect(stdout).toContain('git fsck --strict: clean');
    expect(stdout).toContain('edits judged wrong: 0');
    expect(code).toBe(0);
  }, 120_000);
});
