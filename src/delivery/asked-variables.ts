import { Refusal } from '../domain/refusal/refusal.ts';
import type { EffectiveVariable, Variables } from './effective-variables.ts';
import { type Placeholder, readPlaceholders } from './placeholder.ts';

/** Answers placeholders from earlier variables, and remembers which ones a service asked for by itself. */
export interface AskedVariables {
  /** What the earlier variables lack is answered by the present ones. */
  readonly answer: (present: Variables) => Variables;
  /** Placeholders in what is the service's own, in its variables too; each once. */
  readonly all: () => readonly Placeholder[];
}

/** Notes what is asked of `earlier` variables. */
export function asking(earlier: Variables): AskedVariables {
  const asked = new Map<string, Placeholder>();
  const note = (placeholder: Placeholder, { origin }: EffectiveVariable): void => {
    const name = `${placeholder.scope ?? ''} ${placeholder.key}`;
    if (asked.has(name)) return;
    asked.set(name, placeholder);
    const { value, scope } = origin;
    if (scope !== 'service' || value.kind === 'secret' || typeof value.value !== 'string') return;
    for (const part of readPlaceholders(value.value).parts)
      if (typeof part !== 'string') note(part, earlier.resolve(part, origin));
  };
  return {
    answer: (present) => ({
      ...present,
      resolve: (placeholder, at) => {
        try {
          const found = earlier.resolve(placeholder, at);
          note(placeholder, found);
          return found;
        } catch (error) {
          if (error instanceof Refusal) return present.resolve(placeholder, at);
          throw error;
        }
      },
    }),
    all: () => [...asked.values()],
  };
}
