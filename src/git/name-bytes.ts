const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of a name as text: UTF-8, and every byte that is not becomes a lone surrogate U+DC80–U+DCFF. */
export function decodeName(bytes: Uint8Array): string {
  return decodeStrictly(bytes) ?? decodeLoosely(bytes);
}

/** The bytes that `decodeName` made this text of. */
export function encodeName(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name, 'utf8');
  const parts: Buffer[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    const escaped = code >= 0xdc80 && code <= 0xdcff;
    parts.push(escaped ? Buffer.from([code - 0xdc00]) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = decodeStrictly(bytes.subarray(at, at + length));
    text += character ?? String.fromCharCode(0xdc00 + lead);
    at += character === undefined ? 1 : length;
  }
  return text;
}
