import { expect, test } from 'vitest';
import { deploymentAuthor, pullRequestOf, summaryOf } from './deployment-author.ts';

const words = (of: Partial<Parameters<typeof deploymentAuthor>[0]>) => ({
  name: 'Jane Doe',
  email: 'jane@example.com',
  subject: 'Bump',
  body: '',
  ...of,
});

test('a person is the author of their own commit, whatever trailers say', () => {
  expect(deploymentAuthor(words({ body: 'Co-authored-by: Bob <bob@example.com>' }))).toEqual({
    name: 'Jane Doe',
    email: 'jane@example.com',
    bot: undefined,
  });
});

test.for([
  ['renovate[bot]', '29139614+renovate[bot]@users.noreply.github.com'],
  ['github-actions', 'ci@example.com'],
  ['Image Updater', 'bot@example.com'],
  ['argocd-image-updater', 'noreply@argoproj.io'],
])('the person behind %s is named by a trailer', ([name = '', email = '']) => {
  const body = [
    'Some text.',
    '',
    'Co-authored-by: dependabot[bot] <support@github.com>',
    'Signed-off-by: Bob <bob@example.com>',
    'Co-authored-by: Jane Doe <jane@example.com>',
  ].join('\n');
  expect(deploymentAuthor(words({ name, email, body }))).toEqual({
    name: 'Jane Doe',
    email: 'jane@example.com',
    bot: name,
  });
});

test('a bot that names nobody is the author', () => {
  const bot = { name: 'renovate[bot]', email: 'bot@renovateapp.com' };
  expect(deploymentAuthor(words(bot))).toEqual({ ...bot, bot: undefined });
});

test('people whose names only contain such letters are people', () => {
  for (const name of ['Abbot Smith', 'Lucia', 'Robotham']) {
    expect(deploymentAuthor(words({ name, body: 'Co-authored-by: X <x@y>' })).name).toBe(name);
  }
});

test.for([
  ['Merge pull request #412 from jane/tag', '', 412],
  ['Bump api (#77)', '', 77],
  ['Merged in fix (pull request #9)', '', 9],
  ['Merged PR 31: api', '', 31],
  ["Merge branch 'x' into 'main'", 'Title\n\nSee merge request team/gitops!1205', 1205],
  ["Merge pull request 'Fix (x)' (#3) from jane/fix into main", '', 3],
  ['Fix #12 of the list', '', undefined],
  ['Bump', '', undefined],
] as const)('the request number of %s', ([subject, body, number]) => {
  expect(pullRequestOf({ subject, body })).toBe(number);
});

test('a bot that carries out a request of ours is told with its requester', () => {
  const bot = { name: 'knowngood[bot]', email: 'hub@example.com' };
  const body = 'Mode: full\nJustification: x\nAuthor: jane@example.com\nApproval: Not required';
  const subject = 'Rollback: tenant/acme env/production → revision abc12345';
  expect(deploymentAuthor(words({ ...bot, subject, body }))).toMatchObject({
    name: 'jane@example.com',
    bot: bot.name,
  });
  expect(deploymentAuthor(words({ ...bot, body }))).toEqual({ ...bot, bot: undefined });
});

test.for([
  ['Fix the tag', 'more', 'Fix the tag'],
  ['Merge pull request #7 from jane/fix', '\nFix the tag\n\nmore', 'Fix the tag'],
  ['Merge pull request #7 from jane/fix', '', 'Merge pull request #7 from jane/fix'],
  ["Merge branch 'fix' into 'main'", 'Fix the tag\r\n\r\nSee merge request acme/shop!45', 'Fix the tag'],
  ["Merge branch 'fix' into 'main'", 'See merge request acme/shop!45', "Merge branch 'fix' into 'main'"],
  ["Merge branch 'fix'", '# Conflicts:\n#\ta.yaml', "Merge branch 'fix'"],
] as const)('%s is summed up by its title', ([subject, body, summary]) => {
  expect(summaryOf({ subject, body })).toBe(summary);
});
