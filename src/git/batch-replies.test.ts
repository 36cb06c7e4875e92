import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchReplies } from './batch-replies.ts';
import type { BatchReply } from './batch-replies.ts';

const oid = '1'.repeat(40);
const blob = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const answer = fc.oneof(
  blob.map((content) => ({ kind: 'contents' as const, content })),
  fc.nat(9).map((size) => ({ kind: 'info' as const, size })),
  fc.constant({ kind: 'missing' as const }),
);
type Answer = typeof answer extends fc.Arbitrary<infer One> ? One : never;

const asGitSaysIt = (one: Answer): Buffer => {
  if (one.kind === 'missing') return Buffer.from(`${oid} missing\n`);
  if (one.kind === 'info') return Buffer.from(`${oid} blob ${one.size}\n`);
  return Buffer.concat([Buffer.from(`${oid} blob ${one.content.length}\n`), one.content, Buffer.from('\n')]);
};
const asWeReadIt = (one: Answer): BatchReply => {
  if (one.kind === 'missing') return { missing: true };
  if (one.kind === 'info') return { missing: false, type: 'blob', size: one.size, content: undefined };
  const { content } = one;
  return {
    missing: false,
    type: 'blob',
    size: content.length,
    content: content.length > 20 ? undefined : content,
  };
};

test('however the output is cut into chunks, the answers are the same', () => {
  fc.assert(
    fc.property(
      fc.array(answer, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30 })),
      (answers, cuts) => {
        const seen: BatchReply[] = [];
        const parser = batchReplies(
          () => 20,
          () => answers[seen.length]?.kind === 'contents',
          (reply) => seen.push(reply),
        );
        let output = Buffer.concat(answers.map(asGitSaysIt));
        for (const cut of [...cuts, output.length]) {
          if (output.length > 0) parser.push(output.subarray(0, cut));
          output = output.subarray(cut);
        }
        expect(seen).toEqual(answers.map(asWeReadIt));
      },
    ),
  );
});
