/** Sixteen random bytes in hexadecimal. Unlike `randomUUID`, it works on a page without https too. */
export const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
