import { Transform } from 'node:stream';

/** Passes bytes on until there are more than `limit`; then it fails with what `refuse` makes. */
export function byteCap(limit: number, refuse: () => Error): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length;
      if (passed > limit) done(refuse());
      else done(null, chunk);
    },
  });
}
