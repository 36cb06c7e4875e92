import { expect, test } from 'vitest';
import { closedWindow, readSyncWindows } from './sync-window.ts';

/** Friday, 20 November 2026, 14:00 UTC. */
const now = Date.UTC(2026, 10, 20, 14);
const usual = { kind: 'deny', schedule: '0 13 * * *', duration: '2h', applications: ['*'] };
const application = {
  name: 'acme-api',
  destinationNamespace: 'acme',
  destinationServer: 'https://eu.example.com',
};

function said(...windows: readonly object[]): string | undefined {
  const syncWindows = windows.map((window) => ({ ...usual, ...window }));
  const project = { metadata: { name: 'shop' }, spec: { syncWindows } };
  return closedWindow(application, readSyncWindows([project], now).get('shop') ?? []);
}
const isClosed = (...windows: readonly object[]): boolean => said(...windows) !== undefined;

test('a window that denies closes from its start for as long as it lasts', () => {
  expect(said({})).toBe('a sync window is closed: it holds syncs back at 0 13 * * * for 2h');
  expect(isClosed({ duration: '1h' })).toBe(false);
  expect(isClosed({ duration: '61m' })).toBe(true);
  expect(isClosed({ schedule: '0 22 * * 4', duration: '20h' })).toBe(true);
  expect(isClosed({ schedule: '0 22 * * 5', duration: '20h' })).toBe(false);
  expect(isClosed({ schedule: '0 14 * * *', duration: '1m' })).toBe(true);
});

test('where windows allow, one of them has to be open', () => {
  const allow = { kind: 'allow' };
  expect(isClosed(allow)).toBe(false);
  expect(said({ ...allow, schedule: '0 3 * * *' })).toBe(
    'a sync window is closed: it lets syncs pass at 0 3 * * * for 2h',
  );
  expect(isClosed({ ...allow, schedule: '0 3 * * *' }, allow)).toBe(false);
  expect(isClosed(allow, {})).toBe(true);
  expect(isClosed({ schedule: '0 3 * * *' })).toBe(false);
});

test('the time on the wall is that of the window', () => {
  // 14:00 UTC is 23:00 in Tokyo.
  expect(isClosed({ schedule: '0 22 * * *', timeZone: 'Asia/Tokyo' })).toBe(true);
  expect(isClosed({ schedule: '0 13 * * *', timeZone: 'Asia/Tokyo' })).toBe(false);
  expect(isClosed({ timeZone: 'Nowhere/At_All' })).toBe(false);
});

test('it is about the Applications, namespaces and clusters that it names', () => {
  const only = (part: object) => isClosed({ applications: [], ...part });
  expect(only({})).toBe(false);
  expect(only({ applications: ['acme-*'] })).toBe(true);
  expect(only({ applications: ['globex-*', '*-web'] })).toBe(false);
  expect(only({ namespaces: ['acme'] })).toBe(true);
  expect(only({ clusters: ['https://*.example.com'] })).toBe(true);
  expect(only({ applications: ['x'], namespaces: ['acme'] })).toBe(true);
  expect(only({ applications: ['x'], namespaces: ['acme'], andOperator: true })).toBe(false);
});

test('a sync by hand may pass, which is said; what is no window closes nothing', () => {
  expect(said({ manualSync: true })).toContain('; a sync by hand is let through');
  expect(said({ manualSync: true }, {})).not.toContain('by hand');
  for (const broken of [{ schedule: 'now' }, { duration: 'long' }, { duration: '' }, { schedule: 3 }])
    expect(isClosed(broken)).toBe(false);
});
