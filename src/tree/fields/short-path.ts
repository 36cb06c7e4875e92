/** What a person typed, as the names of its steps; or why it cannot be read. */
export type ShortPath =
  | { readonly kind: 'path'; readonly names: readonly string[] }
  | { readonly kind: 'malformed'; readonly reason: string };

const malformed = (reason: string): ShortPath => ({ kind: 'malformed', reason });

/** Reads the short form: `image.tag`, `containers[app].image`, `a["x.y/z"]`. */
export function parseShortPath(text: string): ShortPath {
  if (text === '') return malformed('the field is empty');
  if (text.length > 2_000) return malformed('the field is longer than 2,000 characters');
  const names: string[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const part =
      /^\.?([^.[\]"]+)/.exec(rest) ?? /^\["((?:[^"\\]|\\.)*)"\]/.exec(rest) ?? /^\[([^[\]"]+)\]/.exec(rest);
    if (!part)
      return malformed(`cannot read ${JSON.stringify(rest.slice(0, 40))}; write a.b, a[item] or a["x.y"]`);
    const name = rest.startsWith('["') ? unquote(part[1] ?? '') : part[1];
    if (name === undefined) return malformed('the quoted key is not valid');
    names.push(name);
    at += part[0].length;
  }
  return { kind: 'path', names };
}

function unquote(text: string): string | undefined {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return undefined;
  }
}
