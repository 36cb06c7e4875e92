import { randomBytes } from 'node:crypto';
import type { RequestKind } from '../domain/request/request.ts';
import type { Clock } from '../std/clock.ts';

/** What an id names. Those with a hyphen are for people, those with an underscore stay inside. */
export const idPrefixes = [
  'rbk-',
  'rel-',
  'prm-',
  'bgs-',
  'prj_',
  'usr_',
  'grt_',
  'hld-',
  'tok_',
  'ses_',
  'lnk_',
  'nte_',
  'whk_',
  'dlv_',
  'cls_',
  'cbd_',
  'mrk_',
  'cmd_',
] as const;
export type IdPrefix = (typeof idPrefixes)[number];

/** How ids of requests begin. */
export const requestPrefixes = {
  rollback: 'rbk-',
  release: 'rel-',
  promotion: 'prm-',
} as const satisfies Record<RequestKind, IdPrefix>;

/** A prefix and a ULID: 10 characters of time, 16 of chance. Ids of one source sort in the order they were made. */
export type NewId = (prefix: IdPrefix) => string;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBits = 80n;

/** `random` gives that many bytes of chance. */
export function idSource(clock: Clock, random: (bytes: number) => Uint8Array = randomBytes): NewId {
  let lastTime = 0;
  let lastRandom = 0n;
  return (prefix) => {
    const now = clock();
    // A clock that goes backwards must not make an older id.
    if (now > lastTime) {
      lastTime = now;
      lastRandom = BigInt(`0x${Buffer.from(random(10)).toString('hex')}`);
    } else {
      lastRandom += 1n;
      if (lastRandom >> randomBits) {
        lastTime += 1;
        lastRandom = 0n;
      }
    }
    return `${prefix}${base32((BigInt(lastTime) << randomBits) | lastRandom)}`;
  };
}

function base32(value: bigint): string {
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += alphabet[Number((value >> shift) & 31n)];
  return text;
}
