import type { OwnedStep } from './owned-field.ts';

/** The last is a copy of the whole object, which tools keep in an annotation. */
const tellingName =
  /pass(word|wd|phrase)|secret|token|credential|private.?key|api.?key|last-applied-configuration/i;

/**
 * True when a value at these steps must not be shown: all data of a Secret, and what its name calls a secret, such as
 * the environment variable DB_PASSWORD that somebody has set by hand.
 */
export function isSecretValue(kind: unknown, steps: readonly OwnedStep[]): boolean {
  const [first] = steps;
  if (kind === 'Secret') return first?.kind === 'field' && first.name !== 'metadata';
  return steps.some(
    (step) =>
      (step.kind === 'item' && tellingName.test(JSON.stringify(step.keys))) ||
      (step.kind === 'field' && tellingName.test(step.name) && !/Name$|Ref$/.test(step.name)),
  );
}
