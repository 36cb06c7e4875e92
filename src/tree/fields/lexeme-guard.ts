import { limits } from './limits.ts';

const scalarFollows = '\u001f';
const markers = new Set([scalarFollows, '\u0002', '\u0018']);

// Which lexemes are counted, by their first character, and what they are called.
const counted = new Map<string, readonly [limit: number, name: string]>([
  ['*', [limits.aliases, 'aliases']],
  ['&', [limits.properties, 'anchors']],
  ['!', [limits.properties, 'tags']],
  ['%', [limits.properties, 'directives']],
]);

/** Watches the lexemes of a text go by; gives the reason to stop at the first that is too much. */
export function createLexemeGuard(): (lexeme: string) => string | undefined {
  const counts = new Map<string, number>();
  const depth = createDepth();
  let total = 0;
  let isContent = false;
  const count = (key: string, limit: number, name: string): string | undefined => {
    const now = (counts.get(key) ?? 0) + 1;
    counts.set(key, now);
    return now > limit ? `the file has more than ${limit} ${name}` : undefined;
  };
  return (lexeme) => {
    total += 1;
    if (total > limits.lexemes) return `the file has more than ${limits.lexemes} tokens`;
    if (!isContent && markers.has(lexeme)) {
      isContent = lexeme === scalarFollows;
      return undefined;
    }
    const first = isContent ? 'content' : (lexeme[0] ?? '');
    isContent = false;
    if (depth(first, lexeme.length) > limits.depth)
      return `the file is nested deeper than ${limits.depth} levels`;
    if (lexeme === '---' && first === '-') return count('---', limits.documents, 'documents');
    const rule = counted.get(first);
    return rule && count(first, ...rule);
  };
}

/** Follows brackets and indentation: a stand-in for the parser's stack that costs nothing. */
function createDepth(): (first: string, length: number) => number {
  const columns: number[] = [];
  let flow = 0;
  let column = 0;
  let opens = true;
  return (first, length) => {
    if (first === '\n' || first === '\r') {
      column = 0;
      opens = true;
      return 0;
    }
    if (first === ' ' || first === '\t' || first === '#') {
      column += length;
      return 0;
    }
    if (opens && flow === 0) enter(columns, column);
    opens = first === '-' || first === '?' || first === ':';
    column += length;
    if (first === '{' || first === '[') flow += 1;
    if (first === '}' || first === ']') flow -= 1;
    return flow + columns.length;
  };
}

function enter(columns: number[], column: number): void {
  while ((columns.at(-1) ?? -1) > column) columns.pop();
  if (columns.at(-1) !== column) columns.push(column);
}
