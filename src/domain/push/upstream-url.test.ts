import { expect, test } from 'vitest';
import { readUpstreamUrl } from './upstream-url.ts';

test.for([
  ['https://github.com/acme/shop.git', 'https', 'github.com', 443, undefined],
  ['http://127.0.0.1:3000/a/b', 'http', '127.0.0.1', 3000, undefined],
  ['https://[fd00::1]:8443/a.git', 'https', '[fd00::1]', 8443, undefined],
  ['ssh://git@host.example:2222/a/b.git', 'ssh', 'host.example', 2222, 'git'],
  ['git@github.com:acme/shop.git', 'ssh', 'github.com', 22, 'git'],
] as const)('%s', ([url, protocol, host, port, user]) => {
  expect(readUpstreamUrl(url)).toEqual({ url, protocol, host, port, user });
});

test.for([
  'https://jane:secret@github.com/a',
  'https://token@github.com/a',
  'file:///etc',
  'ext::sh -c true',
  'git://host/a',
  'ssh://-oProxyCommand=x/a',
  'ssh://git@-x/a',
  '-u@host:a',
  'git@host:-x',
  'https:///x',
  'https://①②⑦.0.0.1/a',
  'https://%31.0.0.1/a',
  String.raw`https://good\@evil/a`,
  'https://good@evil@host/a',
  'https://host:0/a',
  'https://host:99999/a',
  'https://host',
  'https://host/a?x=1',
  'https://ho st/a',
  '/a/b',
  '',
])('%j is refused', (url) => {
  expect(() => readUpstreamUrl(url)).toThrow(/^upstream .*: /);
});

test('what is refused for its password does not show it', () => {
  expect(() => readUpstreamUrl('https://jane:s3cret@github.com/a')).toThrow(/^(?!.*s3cret)/s);
});
