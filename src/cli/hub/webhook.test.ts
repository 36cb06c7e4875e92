import { expect, test } from 'vitest';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { localWebhooks, projectWith } from '../../../test/kit/hub.ts';
import { shopHistory } from '../../../test/kit/shop.ts';

const url = 'http://127.0.0.1:9999/in';

test('a webhook is made with a secret shown once, changed, switched off, and deleted', async () => {
  await using cli = await hubCli({ settings: localWebhooks });
  await projectWith(cli.hub, shopHistory);
  await cli.add('bob', { role: 'admin' });
  const made = await cli.as('bob', ['webhook', 'create', url, '-p', 'shop', '--event', 'request.*']);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('(127.0.0.1:9999) is on') });
  expect(made.stdout).toMatch(/^whsec_\S+\n$/);
  const id = (await cli.as('bob', ['webhook', '-o', 'name'])).stdout.trim();
  expect((await cli.as('bob', ['webhook'])).stdout).toMatch(
    /127.0.0.1:9999 +shop +request\.\* +not used yet /,
  );
  const rotated = await cli.as('bob', ['webhook', 'change', id, '--name', 'incidents', '--new-secret']);
  expect(rotated.stdout).toMatch(/^whsec_\S+\n$/);
  expect(rotated.stdout).not.toBe(made.stdout);
  expect(await cli.as('bob', ['webhook', 'change', id, '--off'])).toEqual({
    code: 0,
    stdout: '',
    stderr: `Webhook ${id} (incidents) is off\n`,
  });
  expect(await cli.as('bob', ['webhook', 'ping', id])).toMatchObject({ code: 5 });
  expect(await cli.as('bob', ['webhook', 'delete', id])).toMatchObject({
    code: 0,
    stderr: `Webhook ${id} is deleted\n`,
  });
  expect(await cli.as('bob', ['webhook'])).toMatchObject({ stdout: '', stderr: 'Events are sent nowhere\n' });
});

test('a test event is sent, listed with its state, and sent again under its old id', async () => {
  await using cli = await hubCli({ settings: localWebhooks });
  await cli.add('bob', { role: 'admin' });
  await cli.add('jane', { role: 'member' });
  const made = await cli.as('bob', ['webhook', 'create', url, '--event', '*', '-o', 'json']);
  const { webhook } = JSON.parse(made.stdout) as { readonly webhook: { readonly id: string } };
  const ping = await cli.as('bob', ['webhook', 'ping', webhook.id, '-o', 'name']);
  const delivery = ping.stdout.trim();
  const list = await cli.as('bob', ['webhook', 'deliveries', webhook.id]);
  expect(list.stdout).toMatch(new RegExp(`${delivery} +webhook.ping\\S* +waiting +0 `));
  expect(await cli.as('bob', ['webhook', 'redeliver', delivery])).toMatchObject({
    code: 0,
    stderr: `Delivery ${delivery} is on its way; see: knowngood webhook deliveries\n`,
  });
  expect(await cli.as('jane', ['webhook'])).toMatchObject({ code: 4, stdout: '' });
  expect(await cli.as('bob', ['webhook', 'create', 'ftp://example.com/x'])).toMatchObject({ code: 2 });
});
