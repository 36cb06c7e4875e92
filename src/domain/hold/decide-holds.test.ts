import { expect, test } from 'vitest';
import { decideHolds, holdsBroughtBack } from './decide-holds.ts';
import { someHold } from './hold.test-kit.ts';

const hold = someHold({ expiresAt: Date.UTC(2026, 10, 28) });
const { address } = hold;

test('the held value is stopped, with the name of the rollback and the way on', () => {
  expect(decideHolds([hold], [{ address, after: 'v2.1.0' }])).toMatchObject({
    allowed: false,
    refusal: {
      code: 'value_held',
      message:
        'acme/production api-gateway image.tag v2.1.0 is held until 2026-11-28T00:00:00Z, since rbk-1 took it away; ' +
        'choose another value, or lift hold hld-1 with a reason',
    },
  });
});

test('another value, another field and another file pass', () => {
  for (const change of [
    { address, after: 'v2.1.1' },
    { address: address.replace('image', 'sidecar'), after: 'v2.1.0' },
    { address: address.replace('acme', 'globex'), after: 'v2.1.0' },
    { address, after: undefined },
  ])
    expect(decideHolds([hold], [change]).allowed).toBe(true);
});

test('values are compared as data, whatever their type', () => {
  const image = { repository: 'ghcr.io/example/web', tag: 'v2' };
  const whole = someHold({ id: 'hld-2', address: 'f#/image', value: image, service: undefined });
  expect(holdsBroughtBack([hold, whole], [{ address: 'f#/image', after: { ...image } }])).toEqual([whole]);
  expect(decideHolds([whole], [{ address: 'f#/image', after: image }])).toMatchObject({ allowed: false });
});
