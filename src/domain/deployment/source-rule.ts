import type { DeploymentSource } from './deployment.ts';

/** Names the source of commits that come from no request of ours: patterns with `*` over address and first line. */
export interface SourceRule {
  readonly source: DeploymentSource;
  readonly author?: string | undefined;
  readonly message?: string | undefined;
}

/** What a rule looks at. */
export interface SourceFacts {
  readonly email: string;
  readonly summary: string;
}

/** The source of commits by the first rule that fits all it names; `push` when none does. A rule must name something. */
export function sourceByRules(rules: readonly SourceRule[]): (facts: SourceFacts) => DeploymentSource {
  const compiled = rules
    .filter(({ author, message }) => author !== undefined || message !== undefined)
    .map(({ source, author, message }) => ({ source, author: pattern(author), message: pattern(message) }));
  return ({ email, summary }) =>
    compiled.find(({ author, message }) => author(email) && message(summary))?.source ?? 'push';
}

/** `*` is any text. Each piece is looked for from the left, which takes the time of one walk over the value. */
const pattern = (text: string | undefined): ((value: string) => boolean) => {
  if (text === undefined) return () => true;
  const [first = '', ...pieces] = text.toLowerCase().split(/\*+/);
  const last = pieces.pop();
  return (whole) => {
    const value = whole.toLowerCase();
    if (last === undefined) return value === first;
    if (!value.startsWith(first)) return false;
    let at = first.length;
    for (const piece of pieces) {
      const found = value.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return value.length - last.length >= at && value.endsWith(last);
  };
};
