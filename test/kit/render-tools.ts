import { spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';

const outputOf = (program: string, ...words: readonly string[]): string | undefined => {
  const { error, stdout } = spawnSync(program, words, { encoding: 'utf8' });
  return error ? undefined : stdout;
};

/** Skips a test that needs kustomize, or the one in kubectl, where this machine has neither or one that is too old. */
export function needsKustomize(context: TestContext): void {
  if (outputOf('kustomize', 'version') !== undefined) return;
  const kubectl = outputOf('kubectl', 'version', '--client');
  if (kubectl === undefined) context.skip('needs kustomize or kubectl on the PATH');
  else if (!kubectl.includes('Kustomize Version')) context.skip('needs kubectl 1.24 or newer on the PATH');
}

/** Skips a test that needs helm where this machine has none. */
export function needsHelm(context: TestContext): void {
  if (outputOf('helm', 'version', '--short') === undefined) context.skip('needs helm on the PATH');
}
