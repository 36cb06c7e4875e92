import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../domain/refusal/refusal.ts';

/** Passwords as they are kept, and the proof that somebody knows one. Each takes about 0.3 s and 128 MiB. */
export interface Passwords {
  /** Throws `busy` when too many wait. */
  readonly hash: (password: string) => Promise<string>;
  /** Takes as long without a kept password as with one, so that nobody learns which accounts there are. */
  readonly verify: (password: string, kept: string | undefined) => Promise<boolean>;
}

const log2n = 17;
const blockSize = 8;
const parallel = 1;
const keyBytes = 32;

/** Stands where an account has no password. */
const decoy = kept(randomBytes(16), randomBytes(keyBytes));

function kept(salt: Buffer, key: Buffer): string {
  const parts = ['scrypt', log2n, blockSize, parallel, salt.toString('base64'), key.toString('base64')];
  return parts.join('$');
}

const derive = (password: string, salt: Buffer, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: 2 ** cost, r: blockSize, p: parallel, maxmem: 256 * 1024 * 1024 };
    scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** Lets `atOnce` through and makes `waiting` wait: a flood of sign-ins must not take all threads and memory. */
function gate(atOnce: number, waiting: number) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new Refusal('busy', { what: 'signing in', seconds: 10 });
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** scrypt with N=2^17, r=8, p=1; two at once, and no more than `waiting` behind them. */
export function passwordHasher(waiting = 40): Passwords {
  const pass = gate(2, waiting);
  return {
    hash: (password) =>
      pass(async () => {
        const salt = randomBytes(16);
        return kept(salt, await derive(password, salt, log2n));
      }),
    verify: (password, stored) =>
      pass(async () => {
        const [kind, cost, , , salt = '', key = ''] = (stored ?? decoy).split('$');
        if (kind !== 'scrypt' || cost !== String(log2n))
          throw new Error('a password is kept in an unknown way');
        const expected = Buffer.from(key, 'base64');
        const actual = await derive(password, Buffer.from(salt, 'base64'), log2n);
        return timingSafeEqual(actual, expected) && stored !== undefined;
      }),
  };
}
