import { expect, test } from 'vitest';
import { makeHub, person } from '../../../test/kit/hub.ts';
import { apiGateway, makeShop, serviceText } from '../../../test/kit/shop.ts';
import { pushFiles } from './push-files.ts';

const author = { name: 'jane', email: 'jane@example.com' };

test('files become one commit on top, dated by the hub, and the log says who pushed', async () => {
  await using hub = await makeHub({ clock: () => 1_800_000_000_000 });
  const shop = await makeShop(hub);
  const before = shop.git('rev-parse', 'main');
  const files = { [apiGateway]: serviceText('v3'), 'variables.yaml': null };
  const commit = await pushFiles(hub, shop.jane, { slug: 'shop', files, message: 'Two files', author });
  expect(shop.git('log', '-1', '--format=%H %P %an %at %cn %s', 'main')).toBe(
    `${commit} ${before} jane 1800000000 jane Two files`,
  );
  expect(shop.git('diff', '--name-status', before, 'main')).toBe(`M\t${apiGateway}\nD\tvariables.yaml`);
  expect((await hub.store.audit.after(0, 10)).map(({ entry }) => [entry.action, entry.actor.name])).toEqual([
    ['push.accepted', 'jane'],
  ]);
});

test('what keeps git from pushing keeps files out, too', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { pushProtection: true });
  const before = shop.git('rev-parse', 'main');
  const push = { slug: 'shop', files: { [apiGateway]: serviceText('v3') }, message: 'x', author };
  await expect(pushFiles(hub, shop.jane, push)).rejects.toThrow(/protected/);
  const viewer = await person(hub, 'reader', { role: 'viewer' });
  await expect(pushFiles(hub, viewer, push)).rejects.toMatchObject({ code: 'role_missing' });
  const linked = { ...push, files: { 'a/.git/config': 'x' } };
  await expect(pushFiles(hub, shop.jane, linked)).rejects.toThrow('.git');
  expect(shop.git('rev-parse', 'main')).toBe(before);
});
