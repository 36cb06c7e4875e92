import { expect, test } from 'vitest';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { shopHistory } from '../../../test/kit/shop.ts';

const env = { KNOWNGOOD_PROJECT: 'shop' };

test('a right is given to a person or a group in a part of a project, listed, and taken back', async () => {
  await using cli = await hubCli();
  await projectWith(cli.hub, shopHistory);
  await cli.add('ann', { role: 'owner' });
  await cli.add('jane', { role: 'viewer' });
  const words = ['grant', 'give', 'request', '--to', 'Jane@example.com', '-t', 'acme', '-e', 'staging'];
  const given = await cli.as('ann', words, { env });
  expect(given).toMatchObject({ code: 0, stderr: '' });
  expect(given.stdout).toMatch(/^\S+: jane may request in shop acme\/staging\n$/);
  const group = await cli.as('ann', ['grant', 'give', 'approve', '--group', 'on-call', '-o', 'json'], {
    env,
  });
  expect(JSON.parse(group.stdout)).toMatchObject({
    subject: { kind: 'group', name: 'on-call' },
    verb: 'approve',
    project: 'shop',
    tenant: null,
  });
  const list = await cli.as('ann', ['grant', '-p', 'shop']);
  expect(list.stdout).toMatch(/jane +account +request +shop acme\/staging /);
  expect(list.stdout).toMatch(/on-call +group +approve +shop /);
  const [id = ''] = given.stdout.split(':');
  expect(await cli.as('ann', ['grant', 'take', id])).toEqual({
    code: 0,
    stdout: '',
    stderr: `Grant ${id} is taken back\n`,
  });
  expect((await cli.as('ann', ['grant', '-o', 'name'])).stdout.trim().split('\n')).toHaveLength(1);
});

test('a right is for somebody, known here, and given by whoever manages members', async () => {
  await using cli = await hubCli();
  await projectWith(cli.hub, shopHistory);
  await cli.add('ann', { role: 'owner' });
  await cli.add('bob', { role: 'admin' });
  expect(await cli.as('ann', ['grant', 'give', 'note'], { env })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'knowngood: who the right is for is needed; use --to or --group\n',
  });
  const typo = ['grant', 'give', 'note', '--to', 'bbo@example.com'];
  expect(await cli.as('ann', typo, { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean bob@example.com?'),
  });
  expect(await cli.as('bob', ['grant', 'give', 'note', '--group', 'all'], { env })).toMatchObject({
    code: 4,
  });
  expect(await cli.as('ann', ['grant', 'give', 'members', '--group', 'all'], { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Allowed choices are read, preview, request'),
  });
});
