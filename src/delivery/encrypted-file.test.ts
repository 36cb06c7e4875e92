import { expect, test } from 'vitest';
import { isSopsFile, sopsRecipients } from './encrypted-file.ts';

const value = 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]';

test.each([
  ['YAML', `password: ${value}\nsops:\n  mac: ${value}\n`],
  ['JSON', `{"password": "${value}", "sops": {"mac": "${value}"}}`],
  ['dotenv', `PASSWORD=${value}\nsops_mac=${value}\n`],
  ['ini', `[db]\npassword = ${value}\n[sops]\nmac = ${value}\n`],
])('what SOPS encrypted as %s is known', (_, text) => {
  expect(isSopsFile(text)).toBe(true);
});

test.each([`note: ${value}\n`, 'sops:\n  version: 3\n', 'password: plain\n', ''])('%j is not', (text) => {
  expect(isSopsFile(text)).toBe(false);
});

test('recipients are named, each once', () => {
  const text = `sops:\n  age:\n    - recipient: age1qqq\n      enc: x\n    - recipient: age1ppp\n  pgp:\n    - fp: ABCD\n`;
  expect(sopsRecipients(text)).toEqual(['ABCD', 'age1ppp', 'age1qqq']);
  expect(sopsRecipients('{"sops":{"kms":[{"arn":"arn:aws:kms:eu-1:1:key/a"}]}}')).toEqual([
    'arn:aws:kms:eu-1:1:key/a',
  ]);
  expect(sopsRecipients('sops_age__list_0__map_recipient=age1qqq\n')).toEqual([]);
});
