import type { ObjectType } from './encoded-object.ts';

/** One answer of `git cat-file --batch-command`. `content` is absent when it was not asked for, or too large to keep. */
export type BatchReply =
  | { readonly missing: true }
  | {
      readonly missing: false;
      readonly type: ObjectType;
      readonly size: number;
      readonly content: Buffer | undefined;
    };

export interface BatchReplies {
  /** Takes the next bytes from git; calls back for every answer they complete. */
  readonly push: (chunk: Buffer) => void;
}

/**
 * Cuts git's answers out of its output. `expectsContent` tells whether the next answer carries content; content above
 * the limit of its type, in bytes, is passed over as it streams in, never held.
 */
export function batchReplies(
  limit: (type: ObjectType) => number,
  expectsContent: () => boolean,
  onReply: (reply: BatchReply) => void,
): BatchReplies {
  let rest: Buffer = Buffer.alloc(0);
  let body: { type: ObjectType; size: number; kept: Buffer[] | undefined; left: number } | undefined;

  const takeBody = (from: number): number => {
    if (body === undefined) return from;
    const taken = Math.min(body.left, rest.length - from);
    body.kept?.push(rest.subarray(from, from + taken));
    body.left -= taken;
    if (body.left > 0) return from + taken;
    const { type, size, kept } = body;
    body = undefined;
    // The last byte is the line break that git puts behind the content. A copy, so that no answer keeps a chunk alive.
    const content = kept === undefined ? undefined : Buffer.from(Buffer.concat(kept).subarray(0, size));
    onReply({ missing: false, type, size, content });
    return from + taken;
  };
  const takeHeader = (from: number): number => {
    const end = rest.indexOf(10, from);
    if (end < 0) return -1;
    const [, type = '', length = ''] = rest.toString('latin1', from, end).split(' ');
    const size = Number(length);
    if (!isObjectType(type) || length === '') onReply({ missing: true });
    else if (!expectsContent()) onReply({ missing: false, type, size, content: undefined });
    else body = { type, size, kept: size > limit(type) ? undefined : [], left: size + 1 };
    return end + 1;
  };
  const push = (chunk: Buffer): void => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (at < rest.length) {
      const next = body === undefined ? takeHeader(at) : takeBody(at);
      if (next < 0) break;
      at = next;
    }
    rest = rest.subarray(at);
  };
  return { push };
}

const isObjectType = (type: string): type is ObjectType =>
  type === 'blob' || type === 'tree' || type === 'commit' || type === 'tag';
