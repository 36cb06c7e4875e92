const MINUTE = 60_000;

/** How many tries one account or one network has, and how long it waits after the last of them. */
export interface SignInLimit {
  readonly failures: number;
  /** Milliseconds in which they are counted. */
  readonly within: number;
  readonly locked: number;
}

/** A network has more: many people can stand behind one address. */
export const signInLimits: Readonly<Record<'account' | 'network', SignInLimit>> = {
  account: { failures: 10, within: 15 * MINUTE, locked: 15 * MINUTE },
  network: { failures: 100, within: 15 * MINUTE, locked: 15 * MINUTE },
};

/** Whole seconds until a lock ends; undefined when there is none. */
export const secondsLocked = (lockedUntil: number, now: number): number | undefined =>
  lockedUntil > now ? Math.ceil((lockedUntil - now) / 1000) : undefined;

const hexGroups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

/**
 * The network that an address belongs to: an IPv4 address alone, or the /64 of an IPv6 address, because one customer
 * has all of it. Any other text stands for itself.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%');
  const version4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(plain)?.[1];
  if (version4 !== undefined) return version4;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const front = hexGroups(head);
  const back = hexGroups(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
