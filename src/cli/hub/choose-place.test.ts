import { expect, test } from 'vitest';
import { recordingTerminal } from '../../../test/kit/recording-terminal.ts';
import type { Config } from './config.ts';
import { type Place, choosePlace, notePlace } from './choose-place.ts';
import type { ServerOptions } from './server-options.ts';

const work = { name: 'work', server: 'https://hub.example.com', token: 'kgt_work', account: 'jane' };
const shop = { name: 'local', server: 'http://localhost:7420', token: 'kgt_local', project: 'shop' };
const at = (current: string | undefined): Config => ({ current, contexts: [work, shop] });

/** `repository DIR`, `server NAME PROJECT TOKEN`, or the code of the refusal. */
function chosen(...of: Parameters<typeof choosePlace>): string {
  let place: Place;
  try {
    place = choosePlace(...of);
  } catch (error) {
    return (error as { code: string }).code;
  }
  if (place.where === 'repository') return `repository ${place.repo}`;
  const { name, project = '-', token = '-' } = place.context;
  return `server ${name} ${project} ${token}`;
}

type Options = ServerOptions & { readonly repo?: string };

test.each<[string | undefined, Options, Record<string, string>, string]>([
  [undefined, {}, {}, 'repository .'],
  ['work', {}, {}, 'repository .'],
  ['local', {}, {}, 'server local shop kgt_local'],
  ['gone', {}, {}, 'repository .'],
  ['local', { repo: 'x' }, {}, 'repository x'],
  ['local', { repo: 'x' }, { KNOWNGOOD_PROJECT: 'web' }, 'repository x'],
  ['local', { repo: 'x', project: 'web' }, {}, 'place_ambiguous'],
  ['local', { repo: 'x', server: 'localhost' }, {}, 'place_ambiguous'],
  ['local', { repo: 'x', context: 'work' }, {}, 'place_ambiguous'],
  ['work', { project: 'web' }, {}, 'server work web kgt_work'],
  ['local', { project: 'web' }, {}, 'server local web kgt_local'],
  ['local', { project: 'web' }, { KNOWNGOOD_PROJECT: 'other' }, 'server local web kgt_local'],
  ['work', {}, { KNOWNGOOD_PROJECT: 'web' }, 'server work web kgt_work'],
  ['work', {}, { KNOWNGOOD_PROJECT: '' }, 'repository .'],
  [undefined, { project: 'web' }, {}, 'server_unchosen'],
  ['work', { context: 'local' }, {}, 'server local shop kgt_local'],
  ['work', { context: 'lokal' }, {}, 'context_unknown'],
  ['local', { context: 'work' }, {}, 'server work - kgt_work'],
  ['work', { context: 'local' }, { KNOWNGOOD_SERVER: 'https://x.test' }, 'server local shop kgt_local'],
  ['work', { server: 'localhost:7420' }, {}, 'server local shop kgt_local'],
  ['local', { server: 'https://else.test/' }, {}, 'server else.test - -'],
  ['local', { server: 'ftp://else.test/' }, {}, 'server_malformed'],
  ['work', {}, { KNOWNGOOD_SERVER: 'http://localhost:7420' }, 'server local shop kgt_local'],
  ['local', {}, { KNOWNGOOD_SERVER: 'https://x.test' }, 'repository .'],
  ['local', {}, { KNOWNGOOD_TOKEN: 'kgt_ci' }, 'server local shop kgt_ci'],
])('the place with the context %j, %j and %j is %s', (current, options, env, place) => {
  expect(chosen(at(current), options, env)).toBe(place);
});

test('a token in the environment is not shown as somebody whose it is not', () => {
  const place = choosePlace(at('work'), { project: 'web' }, { KNOWNGOOD_TOKEN: 'kgt_ci' });
  expect(place).toEqual({
    where: 'server',
    context: { name: 'work', server: work.server, token: 'kgt_ci', project: 'web' },
  });
});

test('a person is told where a command acts, and a program is not', () => {
  const place = choosePlace(at('local'), {}, {});
  const screen = recordingTerminal({ stderrIsTerminal: true });
  notePlace(screen, place);
  expect(screen.errors()).toBe(
    'in project shop at http://localhost:7420 (--repo DIR for a repository here)\n',
  );
  const pipe = recordingTerminal();
  notePlace(pipe, place);
  expect(pipe.errors()).toBe('');
});
