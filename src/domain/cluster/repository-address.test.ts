import { expect, test } from 'vitest';
import { isSameRepository, repositoryAddress } from './repository-address.ts';

test('the many spellings of one repository are one', () => {
  for (const url of [
    'https://git.example.com/acme/shop',
    'https://git.example.com/acme/shop.git',
    'https://jane@Git.Example.com:443/acme/shop.git/',
    'ssh://git@git.example.com:22/acme/shop.git',
    'git@git.example.com:acme/shop.git',
    'http://git.example.com/acme/shop',
  ])
    expect(repositoryAddress(url)).toBe('git.example.com/acme/shop');
});

test('another port, host or path is another repository', () => {
  const shop = 'https://git.example.com/acme/shop';
  expect(isSameRepository(shop, 'https://git.example.com:8443/acme/shop')).toBe(false);
  expect(isSameRepository(shop, 'https://git.example.org/acme/shop')).toBe(false);
  expect(isSameRepository(shop, 'https://git.example.com/acme/Shop')).toBe(false);
});

test('what is no address is equal to nothing', () => {
  for (const text of ['', 'shop', '/srv/git/shop', 'https://']) {
    expect(repositoryAddress(text)).toBe('');
    expect(isSameRepository(text, text)).toBe(false);
  }
});
