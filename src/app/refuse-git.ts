import { type RefusalCode, Refusal, refusalTable } from '../domain/refusal/refusal.ts';
import { GitError } from '../git/git-error.ts';

const isRefusalCode = (code: string): code is RefusalCode => code in refusalTable;

const factText = (fact: string | number | readonly string[]): string | number =>
  typeof fact === 'object' ? fact.join(', ') : fact;

/** The refusal that says what a GitError means to a person; anything else comes back as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof GitError) || !isRefusalCode(error.code)) return error;
  const facts = Object.fromEntries(Object.entries(error.facts).map(([name, fact]) => [name, factText(fact)]));
  return new Refusal(error.code, facts, error.facts);
}

/** A use case whose errors are refusals: those of Git are put into the words of the one table. */
export const refusing =
  <Args extends readonly unknown[], Result>(useCase: (...args: Args) => Promise<Result>) =>
  async (...args: Args): Promise<Result> => {
    try {
      return await useCase(...args);
    } catch (error) {
      throw refusalOf(error);
    }
  };
