import { expect, test } from 'vitest';
import { imageRegistry } from '../../test/kit/image-registry.ts';
import { readImageName } from '../domain/verification/image-name.ts';
import { openImageRegistries } from './image-registries.ts';

const images = (host: string, ...names: readonly string[]) =>
  names.flatMap((name) => readImageName(`${host}/${name}`) ?? []);

test('answers come in the order of the images, are remembered for a minute, and then asked for again', async () => {
  await using registry = await imageRegistry(['shop/api:v1']);
  let now = 0;
  const registries = openImageRegistries([{ host: registry.host, plainHttp: true }], () => now);
  const both = images(registry.host, 'shop/api:v2', 'shop/api:v1');
  const answers = [{ kind: 'missing' }, { kind: 'there' }];
  expect(await registries.ask(both)).toEqual(answers);
  const asked = registry.asked.length;
  now = 59_999;
  expect(await registries.ask(both)).toEqual(answers);
  expect(registry.asked.length).toBe(asked);
  now = 60_000;
  expect(await registries.ask(both)).toEqual(answers);
  expect(registry.asked.length).toBe(2 * asked);
});

test('no more than forty are asked for at once', async () => {
  await using registry = await imageRegistry([]);
  const registries = openImageRegistries([{ host: registry.host, plainHttp: true }], () => 0);
  const many = images(registry.host, ...Array.from({ length: 41 }, (_, index) => `shop/api:v${index}`));
  const kinds = (await registries.ask(many)).map(({ kind }) => kind);
  expect(kinds).toEqual([...Array.from({ length: 40 }, () => 'missing'), 'unknown']);
});

test('what was not asked is not remembered, and pushes out nothing that was', async () => {
  await using registry = await imageRegistry(['shop/api:v1', 'charts/redis:1.0.0']);
  const registries = openImageRegistries([{ host: registry.host, plainHttp: true }], () => 0);
  const api = images(registry.host, 'shop/api:v1');
  const redis = { repository: registry.host, name: 'charts/redis', version: '1.0.0' };
  expect(await registries.ask(api)).toEqual([{ kind: 'there' }]);
  expect(await registries.askForCharts([redis])).toEqual([{ kind: 'there' }]);
  const asked = registry.asked.length;
  const names = Array.from({ length: 30 }, (_, at) => `shop/api:v${at}`);
  for (let round = 0; round < 40; round += 1) {
    const elsewhere = images(`r${round}.example.com`, ...names);
    expect((await registries.ask(elsewhere)).map(({ kind }) => kind)).toEqual(names.map(() => 'unknown'));
    expect(registries.known(elsewhere).filter((answer) => answer !== undefined)).toEqual([]);
    const long = { ...redis, version: `1.0.${round}-${'x'.repeat(1024)}` };
    expect(await registries.askForCharts([long])).toMatchObject([{ kind: 'unknown' }]);
  }
  expect(registries.known(api)).toEqual([{ kind: 'there' }]);
  expect(await registries.askForCharts([redis])).toEqual([{ kind: 'there' }]);
  expect(registry.asked.length).toBe(asked);
});
