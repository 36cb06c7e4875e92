import { expect, test } from 'vitest';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { indexHistory } from '../../app/projects/index-history.ts';
import { shopHistory } from '../../../test/kit/shop.ts';

test('a recommendation says where to, what, why and how to look at it', async () => {
  await using cli = await hubCli();
  const { commits, project } = await projectWith(cli.hub, shopHistory);
  await indexHistory(cli.hub, project.id);
  await cli.add('jane', { role: 'member' });
  const words = ['recommend', '-p', 'shop', '-t', 'acme', '-e', 'production'];
  const json = await cli.as('jane', [...words, '-o', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ mode: 'full', thin: true });
  const said = await cli.as('jane', words);
  const short = commits[1]?.slice(0, 8) ?? '';
  expect(said.stdout).toMatch(new RegExp(`^Back to: +${short} Release 2.0.9\n`));
  expect(said.stdout).toMatch(/Scope: +everything of it\nBecause: +it is the state before the last change/);
  expect(said.stdout).toMatch(/Evidence: +thin/);
  expect(said.stderr).toBe(
    `Preview it: knowngood rollback -p shop -t acme -e production --to ${short} --dry-run\n`,
  );
});
