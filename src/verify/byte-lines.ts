/** Bytes that one line may have; rows are far smaller. What is longer is not held in memory. */
export const longestLine = 16 * 1024 * 1024;

const newline = 0x0a;

/**
 * The lines of some bytes without their line feeds, those that end in one piece at once; a line that is longer than
 * `longestLine` comes as undefined. Bytes after the last line feed are a line too.
 */
export async function* byteLines(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly (Uint8Array | undefined)[], void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array): void => {
    length += part.length;
    if (length > longestLine) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const line = (): Uint8Array | undefined => {
    if (length > longestLine) return undefined;
    const [first] = parts;
    // Most lines lie in one piece, and need no copy.
    return first && parts.length === 1 ? first : Buffer.concat(parts);
  };
  for await (const piece of pieces) {
    const lines: (Uint8Array | undefined)[] = [];
    let start = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      add(piece.subarray(start, end));
      lines.push(line());
      [parts, length] = [[], 0];
      start = end + 1;
    }
    add(piece.subarray(start));
    yield lines;
  }
  if (length > 0) yield [line()];
}
