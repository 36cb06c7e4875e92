import { Refusal, type RefusalCode, type RefusalFacts } from './refusal.ts';

/** The answer to "may this be done?": yes, or the refusal to show. Buttons show it, the server throws it. */
export type Verdict =
  | { readonly allowed: true; readonly refusal?: undefined }
  | { readonly allowed: false; readonly refusal: Refusal };

export const allow: Verdict = { allowed: true };

export const refuse = (code: RefusalCode, facts: RefusalFacts = {}): Verdict => ({
  allowed: false,
  refusal: new Refusal(code, facts),
});

/** Asks one question after the other, and stops at the first No. */
export function inOrder(questions: Iterable<() => Verdict>): Verdict {
  for (const question of questions) {
    const verdict = question();
    if (!verdict.allowed) return verdict;
  }
  return allow;
}

/** Throws the refusal, if there is one. */
export function demand(verdict: Verdict): void {
  if (!verdict.allowed) throw verdict.refusal;
}
