import { Lexer, Parser, type CST } from 'yaml';
import { createLexemeGuard } from './lexeme-guard.ts';

export type TokenStream =
  | { readonly kind: 'tokens'; readonly tokens: readonly CST.Token[] }
  | { readonly kind: 'problem'; readonly reason: string };

/**
 * Parses a text into concrete syntax. Its lexemes are counted before the parser sees one, because the parser recurses
 * over nesting and slows down on sheer mass; and the first error ends it, because each costs a stack trace.
 */
export function tokensOf(text: string): TokenStream {
  const guard = createLexemeGuard();
  const lexemes: string[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    const reason = guard(lexeme);
    if (reason !== undefined) return { kind: 'problem', reason };
    lexemes.push(lexeme);
  }
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of lexemes) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') return { kind: 'problem', reason: `not valid YAML: ${token.message}` };
      tokens.push(token);
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { kind: 'tokens', tokens };
}
