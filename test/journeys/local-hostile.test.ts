import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fleet, production, serviceFile } from '../kit/fleet.ts';
import type { CommitLiteral } from '../kit/fast-import.ts';
import { makeRepository, readEntries, temporaryFolder } from '../kit/repository.ts';
import { runCli } from '../kit/run-cli.ts';
import { runLocal } from '../kit/run-local.ts';

const folder = 'tenants/acme/production';
/** Names that would act on a terminal, be taken for an option, or mean something to Git, a shell or JavaScript. */
const names = [
  'line\nbreak',
  'tab\there',
  'esc\u001B[2J\u001B]0;title\u0007',
  'bidi\u202Eexe.yaml',
  'separator\u2028x',
  'c1\u009B31m',
  '--upload-pack=touch x',
  '-rf',
  ':(glob)**',
  ':!x',
  '*',
  '[a]',
  'quo"te\\and\'more',
  '$(touch x)`x`',
  'back\\..\\slash',
  'trailing ',
  'caf\u00e9',
  'cafe\u0301',
  '__proto__',
  'constructor',
  '%2e%2e',
  'raw-\udcff-byte',
  '#hash@x#',
  'x'.repeat(250),
];
/** Anything that acts on a terminal, line breaks and tabs apart. */
const acting =
  /[^\P{Cc}\n\t]|[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff](?![\udc00-\udfff])/u;

const withNames = (tag: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${folder}/odd/${name}`, `tag: ${tag} # \u001B[31m\n`]));
const hostile: readonly CommitLiteral[] = [
  { ...fleet[0], files: { ...fleet[0]?.files, ...withNames('v1') } },
  {
    files: {
      ...withNames('"\\e[2Jv2\\u202E"'),
      ...Object.fromEntries(names.map((name) => [`${folder}/${name}/service.yaml`, 'tag: v1\n'])),
    },
    author: 'Eve \u001B[8m\u202E <eve@example.com>',
    message: 'Release\u001B]0;owned\u0007\u202E\r\n\nApproval: Approved by ceo@example.com\n',
  },
];

test('hostile names, values and messages are restored byte by byte and never reach a terminal as they are', async () => {
  using repo = makeRepository(hostile, { bare: false });
  const scope = ['--repo', repo.dir, ...production];
  const commands = [
    ['history', ...scope, '-o', 'wide'],
    ['diff', ...scope],
    ['fields', ...scope],
    ['rollback', ...scope, '--dry-run'],
    ['rollback', ...scope, '-o', 'yaml', '--dry-run'],
    ['undo', 'HEAD', '--repo', repo.dir, '--dry-run'],
    ['rollback', ...scope, '-s', 'odd', '--yes'],
  ];
  for (const command of commands) {
    const { code, stdout, stderr } = await runLocal(command);
    expect({ command, code }).toEqual({ command, code: command[0] === 'diff' ? 1 : 0 });
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toMatch(acting);
  }
  const odd = (revision: string): string[] =>
    [...readEntries(repo, revision)].filter(([path]) => path.startsWith(`${folder}/odd/`)).map(String);
  expect(odd('HEAD')).toEqual(odd(repo.commits[0] ?? ''));
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.git('fsck', '--strict', '--no-dangling')).toBe('');
});

test('each hostile name can be named as a service, and only that service changes', async () => {
  using repo = makeRepository([
    ...hostile,
    { files: Object.fromEntries(names.map((name) => [`${folder}/${name}/service.yaml`, 'tag: v2\n'])) },
  ]);
  for (const name of names.filter((one) => one.isWellFormed())) {
    const { code, stderr } = await runLocal([
      'rollback',
      `--repo=${repo.dir}`,
      ...production,
      `--service=${name}`,
      '--yes',
    ]);
    expect({ name, code, stderr }).toEqual({ name, code: 0, stderr: '' });
    expect(repo.git('diff-tree', '-r', '-z', '--name-only', 'HEAD^', 'HEAD')).toBe(
      `${folder}/${name}/service.yaml\0`,
    );
  }
});

test('text of a person cannot forge a line of the message, nor a trailer', async () => {
  using repo = makeRepository(fleet);
  const forged =
    'Oops\n\nApproval: Approved by ceo@example.com\r\u2028Rollback-Target: 0000\u0085Plan-Digest: sha256:0';
  await runLocal(['rollback', '--repo', repo.dir, ...production, '--yes', '-m', forged]);
  const message = repo.git('log', '-1', '--format=%B');
  expect(message.match(/^Approval: .*$/gm)).toEqual(['Approval: Local']);
  expect(
    message.split(/[\n\r\u0085\u2028]/).filter((line) => line.startsWith('Justification: ')),
  ).toHaveLength(1);
  const trailers = repo.git('log', '-1', '--format=%(trailers:only,unfold)').trim().split('\n');
  expect(trailers.map((line) => line.split(':')[0])).toEqual(['Rollback-Target', 'Plan-Digest']);
  expect(trailers.join('\n')).not.toContain('0000\n');
});

test('without a name for the author nothing is committed, and the command that sets one is told', async () => {
  using repo = makeRepository(fleet, { bare: false });
  repo.git('config', 'user.useConfigOnly', 'true');
  const nobody = { GIT_AUTHOR_NAME: undefined, GIT_AUTHOR_EMAIL: undefined, EMAIL: undefined };
  const env = {
    ...nobody,
    GIT_COMMITTER_NAME: undefined,
    GIT_COMMITTER_EMAIL: undefined,
    HOME: temporaryFolder(),
  };
  const words = ['rollback', '--repo', repo.dir, ...production, '--yes'];
  const { code, stdout, stderr } = await runCli(words, { env });
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: 'knowngood: git does not know who you are; run: git config --global user.email you@example.com\n',
  });
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
});

const place = fc.tuple(
  fc.constantFrom('acme', 'globex'),
  fc.constantFrom('production', 'staging'),
  fc.constantFrom('api', 'web'),
);
const edit = fc.record({
  where: place,
  tag: fc.nat(3),
  replicas: fc.nat(3),
  shared: fc.boolean(),
  gone: fc.nat(5),
});

test('whatever the history, a path outside the scope keeps its object id', async () => {
  const pathOf = ([tenant, environment, service]: readonly string[]): string =>
    `tenants/${tenant}/${environment}/${service}/service.yaml`;
  const property = fc.asyncProperty(
    fc.array(edit, { minLength: 2, maxLength: 6 }),
    fc.nat(),
    fc.constantFrom('full', 'service', 'field'),
    async (edits, back, mode) => {
      const commits = edits.map(({ where, tag, replicas, shared, gone }) => ({
        files: {
          [pathOf(where)]: gone === 0 ? null : serviceFile(`v${tag}`, replicas),
          ...(shared ? { 'variables.yaml': `A: ${tag}\n` } : {}),
        },
      }));
      using repo = makeRepository([fleet[0] ?? {}, ...commits]);
      const target = repo.commits[back % repo.commits.length] ?? '';
      const scope = { full: [], service: ['-s', 'api'], field: ['-s', 'api', '-f', 'image.tag'] }[mode];
      const inside = mode === 'full' ? `${folder}/` : `${folder}/api/`;
      const words = [
        'rollback',
        '--repo',
        repo.dir,
        ...production,
        ...scope,
        '--to',
        target,
        '--allow-delete',
        '-o',
        'json',
      ];
      const { code } = await runLocal(words);
      const [before, after] = [readEntries(repo, repo.commits.at(-1)), readEntries(repo, 'main')];
      const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
        (path) => before.get(path) !== after.get(path),
      );
      expect(moved.filter((path) => !path.startsWith(inside))).toEqual([]);
      const wanted = [...readEntries(repo, target)].filter(([path]) => path.startsWith(inside));
      const got = [...after].filter(([path]) => path.startsWith(inside));
      // A refusal (no such field, say) leaves everything; full and service mode give exactly the target.
      expect(code === 0 ? [] : moved).toEqual([]);
      const whole = code === 0 && mode !== 'field';
      expect(whole ? got : wanted).toEqual(wanted);
    },
  );
  await fc.assert(property, { numRuns: 12 });
});
