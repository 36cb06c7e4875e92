import { expect, test } from 'vitest';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { shopHistory } from '../../../test/kit/shop.ts';

const env = { KNOWNGOOD_PROJECT: 'shop' };
const place = { tenant: 'acme', environment: 'production', service: 'api-gateway' };

test('holds are listed after a rollback, and lifted by a person with a reason', async () => {
  await using cli = await hubCli();
  const { commits } = await projectWith(cli.hub, shopHistory);
  await cli.add('bob', { role: 'admin' });
  await cli.add('jane', { role: 'member' });
  expect(await cli.as('jane', ['hold'], { env })).toMatchObject({ stdout: '', stderr: 'Nothing is held\n' });
  const body = { mode: 'service' as const, ...place, targetSha: commits[1], justification: 'v2.1.0 fails' };
  await cli.api('jane').call('submitRollback', { params: { slug: 'shop' }, body });
  const id = (await cli.as('jane', ['hold', '-o', 'name'], { env })).stdout.trim();
  expect((await cli.as('jane', ['hold'], { env })).stdout).toMatch(
    /acme\/production +api-gateway +image.tag +v2.1.0 +in force /,
  );
  expect(await cli.as('jane', ['hold', 'lift', id, '-m', 'mine'])).toMatchObject({ code: 4 });
  expect(await cli.as('bob', ['hold', 'lift', id])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--reason'),
  });
  expect(await cli.as('bob', ['hold', 'lift', id, '-m', 'rebuilt with the fix'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'image.tag v2.1.0 may come back to acme/production\n',
  });
  expect(await cli.as('bob', ['hold', 'lift', id, '-m', 'again'])).toMatchObject({ code: 5 });
  expect((await cli.as('jane', ['hold', '--all', '-o', 'wide'], { env })).stdout).toMatch(
    /lifted .*rebuilt with the fix/,
  );
});

test('a value that came back is told with who did it, how to stop them, and how to take it away again', async () => {
  await using cli = await hubCli();
  const { project, commits } = await projectWith(cli.hub, shopHistory);
  await cli.add('jane', { role: 'admin' });
  const body = { mode: 'service' as const, ...place, targetSha: commits[1], justification: 'v2.1.0 fails' };
  await cli.api('jane').call('submitRollback', { params: { slug: 'shop' }, body });
  const [hold] = await cli.hub.store.holds.inForce(project.id, cli.hub.clock());
  const id = hold?.id ?? '';
  expect(await cli.as('jane', ['hold', 'reapply', id])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('nobody brought acme/production image.tag back past the server'),
  });
  const returned = { at: 1, commit: 'c'.repeat(40), author: 'jane', bot: 'fluxcdbot' };
  await cli.hub.store.tx((tx) => tx.holds.setReturned(id, returned));
  const listed = await cli.as('jane', ['hold'], { env });
  expect(listed.stdout).toMatch(/v2\.1\.0 +came back /);
  expect(listed.stderr).toContain(
    `image.tag v2.1.0 was brought back by fluxcdbot (cccccccc): knowngood hold reapply ${id}`,
  );
  expect(listed.stderr).toContain('    suspend: true');
  expect((await cli.as('jane', ['hold', '-o', 'name'], { env })).stderr).toBe('');
});
