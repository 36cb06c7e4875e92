import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Landing } from '../cli/hub-access.ts';
import { openLanding } from './open-landing.ts';

let landing: Landing;
beforeEach(async () => {
  landing = await openLanding((url) => url.searchParams.get('state') === 'mine');
});
afterEach(() => landing.close());

const statusOf = (path: string, options: object = {}): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL(path, landing.address), options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });

test('it listens on this machine alone, and takes the one request that it waits for', async () => {
  expect(landing.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await statusOf('/')).toBe(404);
  expect(await statusOf('/?code=x&state=another')).toBe(404);
  expect(await statusOf('/favicon.ico')).toBe(404);
  expect(await statusOf('/?code=x&state=mine', { method: 'POST' })).toBe(404);
  expect(await statusOf('/?code=x&state=mine', { headers: { host: 'evil.example.com' } })).toBe(404);
  expect(await statusOf('/', { path: '//evil.example.com/?code=x&state=mine' })).toBe(404);
  expect(await statusOf('/?code=x&state=mine')).toBe(200);
  expect((await landing.arrival)?.searchParams.get('code')).toBe('x');
});

test('closing it ends the wait', async () => {
  await landing.close();
  expect(await landing.arrival).toBeUndefined();
});
