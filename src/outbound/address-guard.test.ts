import { describe, expect, test } from 'vitest';
import { AddressError, mayReach, networkList, safeAddress } from './address-guard.ts';

const none = networkList([]);

describe('addresses', () => {
  test.for([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1',
    'not an address',
  ])('%s is not reached', (address) => expect(mayReach(address, none)).toBe(false));

  test.for(['140.82.121.4', '8.8.8.8', '2606:50c0:8000::153'])('%s is reached', (address) =>
    expect(mayReach(address, none)).toBe(true),
  );

  test('a network that is allowed is reached, also as IPv4 in IPv6, and nothing beside it', () => {
    const allowed = networkList(['10.1.0.0/16', '127.0.0.1', 'fd00:1::/32']);
    for (const address of ['10.1.9.9', '127.0.0.1', '::ffff:10.1.0.1', 'fd00:1::5'])
      expect(mayReach(address, allowed)).toBe(true);
    for (const address of ['10.2.0.1', '127.0.0.2', 'fd00:2::5'])
      expect(mayReach(address, allowed)).toBe(false);
  });
});

describe('hosts', () => {
  test.for(['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '017700000001', '127.1', '[::1]', '0'])(
    '%s leads to this machine and is not reached',
    async (host) => {
      await expect(safeAddress(host, none)).rejects.toMatchObject({
        code: expect.stringMatching(/forbidden|unknown/) as string,
      });
    },
  );

  test('a host in an allowed network gives the address to dial', async () => {
    expect(await safeAddress('127.0.0.1', networkList(['127.0.0.0/8']))).toBe('127.0.0.1');
    expect(await safeAddress('[::1]', networkList(['::1']))).toBe('::1');
  });

  test('a host that does not exist is unknown', async () => {
    const failure = await safeAddress('nowhere.invalid', none).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AddressError);
    expect(failure).toMatchObject({ code: 'unknown', host: 'nowhere.invalid' });
  });
});
