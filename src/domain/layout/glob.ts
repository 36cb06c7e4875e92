/** `*` any characters but `/`; `**` any characters; `folders` is a leading `**` + `/`: nothing, or whole folders. */
type Token =
  { readonly kind: 'char'; readonly char: string } | { readonly kind: 'star' | 'globstar' | 'folders' };

/** A compiled path pattern. Matching takes time proportional to pattern × path, whatever the pattern. */
export type Glob = (path: string) => boolean;

/** Compiles a pattern with the wildcards of .gitignore. A pattern without `/` means a file name in any folder. */
export function compileGlob(pattern: string): Glob {
  const anchored = pattern.includes('/') || pattern === '**' ? pattern : `**/${pattern}`;
  const tokens = tokenize(anchored);
  return (path) => matches(tokens, path);
}

function tokenize(pattern: string): Token[] {
  const pieces = pattern.match(/\*\*\/|\*\*|[\s\S]/gu) ?? [];
  return pieces.map((piece): Token => {
    if (piece === '**/') return { kind: 'folders' };
    if (piece === '**') return { kind: 'globstar' };
    return piece === '*' ? { kind: 'star' } : { kind: 'char', char: piece };
  });
}

/** Simulates all readings of the pattern at once, so that no pattern can make it try them one by one. */
function matches(tokens: readonly Token[], path: string): boolean {
  let states = skipWildcards(tokens, new Set([0]), true);
  for (const char of path) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (!token) continue;
      if (token.kind === 'char') {
        if (token.char === char) next.add(state + 1);
      } else if (token.kind !== 'star' || char !== '/') {
        next.add(state);
      }
    }
    if (next.size === 0) return false;
    states = skipWildcards(tokens, next, char === '/');
  }
  return states.has(tokens.length);
}

function skipWildcards(tokens: readonly Token[], states: Set<number>, atNameStart: boolean): Set<number> {
  for (const state of states) {
    const kind = tokens[state]?.kind;
    if (kind === 'star' || kind === 'globstar' || (kind === 'folders' && atNameStart)) states.add(state + 1);
  }
  return states;
}
