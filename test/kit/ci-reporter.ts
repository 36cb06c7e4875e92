import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const reasonOf = (test: TestCase): string => {
  const result = test.result();
  return (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given';
};

/**
 * A reporter for .ci/run: names each skipped test with its reason and leaves the counts in a file. A test file that
 * could not be loaded, and an error outside of any test, count as failed.
 */
export const ciReporter = (countsFile: string): Reporter => ({
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string): TestCase[] => tests.filter((test) => test.result().state === state);
    for (const test of inState('skipped')) {
      process.stdout.write(
        `skipped: ${test.module.relativeModuleId} > ${test.fullName}: ${reasonOf(test)}\n`,
      );
    }
    const broken = modules.filter((module) => module.errors().length > 0);
    const failed = inState('failed').length + broken.length + unhandled.length;
    writeFileSync(
      countsFile,
      `${inState('passed').length} passed, ${failed} failed, ${inState('skipped').length} skipped\n`,
    );
  },
});
