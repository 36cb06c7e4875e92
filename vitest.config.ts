import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { ciReporter } from './test/kit/ci-reporter.ts';

const countsFile = process.env['KNOWNGOOD_CI_COUNTS'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Tests wait for disks and child processes most of the time; one worker less than processors leaves one idle.
    maxWorkers: availableParallelism(),
    reporters: countsFile === undefined ? ['default'] : ['default', ciReporter(countsFile)],
    globalSetup: ['./test/kit/temporary-root.ts', './test/kit/postgres-run.ts'],
    env: {
      // Tests never read the configuration of the person who runs them.
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
      NO_COLOR: '1',
    },
  },
});
