import { Refusal } from '../domain/refusal/refusal.ts';

const LIMIT_DEPTH = 64;

const refuse = (reason: string): Refusal => new Refusal('input_invalid', { reason: `the body ${reason}` });

/** Index of the quote that ends the string which starts at `start`; the length when there is none. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

/** What `JSON.parse` is silent about: keys that come twice, keys that reach prototypes, and depth. */
function checkShape(text: string): void {
  // The keys seen in each open object; undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let keyNext = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      if (keyNext) checkKey(text.slice(at, end + 1), open.at(-1));
      keyNext = false;
      at = end;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > LIMIT_DEPTH) throw refuse(`is nested deeper than ${LIMIT_DEPTH} levels`);
      keyNext = character === '{';
    } else if (character === '}' || character === ']') {
      open.pop();
      keyNext = false;
    } else if (character === ',') {
      keyNext = open.at(-1) !== undefined;
    }
  }
}

function checkKey(quoted: string, keys: Set<string> | undefined): void {
  const key = unquoted(quoted);
  if (key === '__proto__') throw refuse('has a key __proto__');
  if (keys?.has(key)) throw refuse(`has the key ${key.slice(0, 100)} twice`);
  keys?.add(key);
}

function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

/**
 * The value of a JSON body in UTF-8. Refuses what parsers read differently from one another: keys that come twice,
 * bytes that are no UTF-8; and `__proto__` and deep nesting. Nothing of the body is repeated but the name of a key.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('is not UTF-8');
  }
  checkShape(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const place = /at position (\d+)/.exec(String(error))?.[1];
    throw refuse(place === undefined ? 'is not valid JSON' : `is not valid JSON at position ${place}`);
  }
}
