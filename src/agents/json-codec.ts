/** What came in a frame: JSON, or why it is none. */
export type Frame =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** Never throws: a frame that is no JSON ends its own call, and with a reason. */
export function readFrame(bytes: Uint8Array): Frame {
  try {
    return {
      ok: true,
      value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown,
    };
  } catch {
    return { ok: false, reason: 'it is not JSON in UTF-8' };
  }
}

export const writeFrame = (message: unknown): Buffer => Buffer.from(JSON.stringify(message));
