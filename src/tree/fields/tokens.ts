import { Lexer, Parser, type CST } from 'yaml';
import { limits } from './limits.ts';

export type TokenStream =
  | { readonly kind: 'tokens'; readonly tokens: readonly CST.Token[] }
  | { readonly kind: 'problem'; readonly reason: string };

/**
 * Parses a text into concrete syntax. Lexemes are counted on their way to the parser, because the parser itself
 * recurses over nesting and slows down on sheer mass.
 */
export function tokensOf(text: string): TokenStream {
  const parser = new Parser();
  const guard = createGuard();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    const reason = guard(lexeme);
    if (reason !== undefined) return { kind: 'problem', reason };
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { kind: 'tokens', tokens };
}

const scalarFollows = '\u001f';
const documentFollows = '\u0002';

function createGuard(): (lexeme: string) => string | undefined {
  let count = 0;
  let aliases = 0;
  let documents = 0;
  let content = false;
  let flow = 0;
  let column = 0;
  let lineStart = true;
  const columns: number[] = [];
  return (lexeme) => {
    const first = content ? 'content' : lexeme[0];
    content = lexeme === scalarFollows && !content;
    if (++count > limits.lexemes) return `the file has more than ${limits.lexemes} tokens`;
    if (first === scalarFollows || first === documentFollows) return undefined;
    if (first === '\n' || first === '\r') {
      column = 0;
      lineStart = true;
      return undefined;
    }
    if (first !== ' ' && first !== '\t' && first !== '#') {
      if (lineStart && flow === 0) enter(columns, column);
      lineStart = first === '-' || first === '?' || first === ':';
    }
    column += lexeme.length;
    if (first === '*' && ++aliases > limits.aliases)
      return `the file has more than ${limits.aliases} aliases`;
    if (lexeme === '---' && first !== 'content' && ++documents > limits.documents)
      return `the file has more than ${limits.documents} documents`;
    if (first === '{' || first === '[') flow++;
    if (first === '}' || first === ']') flow--;
    if (flow + columns.length > limits.depth) return `the file is nested deeper than ${limits.depth} levels`;
    return undefined;
  };
}

/** Keeps the open indentation columns: a stand-in for the parser's stack that costs nothing. */
function enter(columns: number[], column: number): void {
  while ((columns.at(-1) ?? -1) > column) columns.pop();
  if (columns.at(-1) !== column) columns.push(column);
}
