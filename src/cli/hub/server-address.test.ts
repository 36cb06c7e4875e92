import { expect, test } from 'vitest';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { configPath } from './config.ts';
import { isExposed, nameOfServer, serverAddress } from './server-address.ts';

test.each([
  ['https://hub.example.com', 'https://hub.example.com', 'hub.example.com'],
  ['https://Hub.Example.com:443/', 'https://hub.example.com', 'hub.example.com'],
  ['hub.example.com', 'https://hub.example.com', 'hub.example.com'],
  ['hub.example.com:8443/kg//', 'https://hub.example.com:8443/kg', 'hub.example.com:8443/kg'],
  ['localhost:7420', 'http://localhost:7420', 'localhost:7420'],
  ['127.0.0.1:7420', 'http://127.0.0.1:7420', '127.0.0.1:7420'],
  ['[::1]:7420', 'http://[::1]:7420', '[::1]:7420'],
  ['http://hub:7420', 'http://hub:7420', 'hub:7420'],
  ['localhost.example.com', 'https://localhost.example.com', 'localhost.example.com'],
])('%s is kept as %s and called %s', (text, server, name) => {
  expect(serverAddress(text)).toBe(server);
  expect(serverAddress(server)).toBe(server);
  expect(nameOfServer(server)).toBe(name);
});

test.each([
  '',
  'ftp://hub.example.com',
  'https://',
  'https://jane:secret@hub.example.com',
  'jane:secret@hub.example.com',
  'https://hub.example.com/?token=x',
  'https://hub.example.com/#x',
  'two words',
])('%j is no address of a server, and no password in it is repeated', (text) => {
  let refused: unknown;
  try {
    serverAddress(text);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ code: 'server_malformed', message: expect.not.stringContaining('secret') });
});

test('a password is exposed by http to another machine alone', () => {
  expect(isExposed('http://hub.example.com')).toBe(true);
  expect(isExposed('http://localhost:7420')).toBe(false);
  expect(isExposed('http://127.0.0.1')).toBe(false);
  expect(isExposed('http://[::1]')).toBe(false);
  expect(isExposed('https://hub.example.com')).toBe(false);
});

test.each([
  [{ KNOWNGOOD_CONFIG: 'here.json', HOME: '/h' }, '/cwd/here.json'],
  [{ KNOWNGOOD_CONFIG: '/etc/kg.json' }, '/etc/kg.json'],
  [{ XDG_CONFIG_HOME: '/x', HOME: '/h' }, '/x/knowngood/config.json'],
  [{ XDG_CONFIG_HOME: '', HOME: '/h' }, '/h/.config/knowngood/config.json'],
  [{ USERPROFILE: '/u' }, '/u/.config/knowngood/config.json'],
])('with %j sign-ins are kept in %s', (env, path) => {
  expect(configPath(env, '/cwd')).toBe(path);
});

test('without a home folder the way to name a file is told', () => {
  expect(() => configPath({}, '/cwd')).toThrow(/name a file in KNOWNGOOD_CONFIG/);
});
