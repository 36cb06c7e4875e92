import { describe, expect, test } from 'vitest';
import { type FreezeWindow, activeFreeze, freezeWindowFault } from './freeze-window.ts';

const weekend: FreezeWindow = {
  kind: 'weekly',
  name: 'weekend',
  from: 'Fri 16:00',
  to: 'Mon 08:00',
  offset: '+02:00',
};
const holidays: FreezeWindow = {
  kind: 'single',
  name: 'holidays',
  from: '2025-12-20T00:00:00+01:00',
  to: '2026-01-05T00:00:00+01:00',
};
const at = (text: string): number => Date.parse(text);
const frozen = (window: FreezeWindow, text: string): boolean =>
  activeFreeze([window], at(text)) !== undefined;

describe('a weekly window that spans the end of the week', () => {
  test.each([
    ['2025-06-13T15:59:59.999+02:00', false],
    ['2025-06-13T16:00:00+02:00', true],
    ['2025-06-15T23:59:59+02:00', true],
    ['2025-06-16T00:00:00+02:00', true],
    ['2025-06-16T07:59:59.999+02:00', true],
    ['2025-06-16T08:00:00+02:00', false],
    ['2025-06-18T12:00:00+02:00', false],
    ['2025-06-13T14:00:00Z', true],
    ['1969-12-27T12:00:00Z', true],
  ])('%s: %s', (text, expected) => {
    expect(frozen(weekend, text)).toBe(expected);
  });

  test('it tells when it ends', () => {
    expect(activeFreeze([weekend], at('2025-06-14T00:00:00Z'))?.until).toBe(at('2025-06-16T08:00:00+02:00'));
  });
});

test('a window at night lasts past midnight', () => {
  const night: FreezeWindow = { ...weekend, from: 'Tue 22:00', to: 'Wed 06:00', offset: '-05:30' };
  expect(frozen(night, '2025-06-18T03:29:59.999Z')).toBe(false);
  expect(frozen(night, '2025-06-18T03:30:00Z')).toBe(true);
  expect(frozen(night, '2025-06-18T11:29:00Z')).toBe(true);
  expect(frozen(night, '2025-06-18T11:30:00Z')).toBe(false);
});

test('a single window holds from its start to just before its end', () => {
  expect(frozen(holidays, '2025-12-19T22:59:59.999Z')).toBe(false);
  expect(frozen(holidays, '2025-12-19T23:00:00Z')).toBe(true);
  expect(frozen(holidays, '2026-01-04T22:59:59.999Z')).toBe(true);
  expect(frozen(holidays, '2026-01-04T23:00:00Z')).toBe(false);
});

test('of two windows that hold, the one that ends last is named', () => {
  const active = activeFreeze([weekend, holidays], at('2025-12-27T12:00:00Z'));
  expect(active?.window.name).toBe('holidays');
  expect(activeFreeze([], 0)).toBeUndefined();
});

describe('windows that cannot be used', () => {
  const cases: [FreezeWindow, string | undefined][] = [
    [weekend, undefined],
    [holidays, undefined],
    [{ ...weekend, offset: 'Z' }, undefined],
    [{ ...weekend, name: ' ' }, 'a freeze window needs a name'],
    [{ ...weekend, from: 'Fry 16:00' }, 'Fry 16:00 is not a time such as Fri 16:00'],
    [{ ...weekend, from: 'Fri 24:00' }, 'Fri 24:00 is not a time such as Fri 16:00'],
    [{ ...weekend, to: 'Fri 16:60' }, 'Fri 16:60 is not a time such as Fri 16:00'],
    [{ ...weekend, to: weekend.from }, 'weekend ends when it begins'],
    [{ ...weekend, offset: 'Europe/Berlin' }, 'Europe/Berlin is not an offset from UTC such as +02:00'],
    [{ ...weekend, offset: '+15:00' }, '+15:00 is not an offset from UTC such as +02:00'],
    [{ ...holidays, to: holidays.from }, 'holidays ends before it begins'],
    [{ ...holidays, from: '2025-12-20' }, '2025-12-20 is not a time such as 2025-12-20T00:00:00+01:00'],
    [
      { ...holidays, from: '2025-02-30T00:00:00Z' },
      '2025-02-30T00:00:00Z is not a time such as 2025-12-20T00:00:00+01:00',
    ],
  ];
  test.each(cases)('%j: %s', (window, fault) => {
    expect(freezeWindowFault(window)).toBe(fault);
  });

  test('a stored window that cannot be read never counts as no freeze', () => {
    expect(() => frozen({ ...weekend, from: 'sometime' }, '2025-06-14T00:00:00Z')).toThrow('invariant');
    expect(() => frozen({ ...holidays, to: 'never' }, '2025-06-14T00:00:00Z')).toThrow('invariant');
  });
});
