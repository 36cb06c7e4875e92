import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { examineRegistries } from './examine-registries.ts';
import { mostAuthBytes } from './registry-auth.ts';

const registries = [{ host: 'ghcr.io', plainHttp: false }];

/** What the doctor says of a file with this text. */
function findingsOf(text: string, mode = 0o600) {
  const path = join(temporaryFolder('auth'), 'config.json');
  writeFileSync(path, text);
  chmodSync(path, mode);
  const registryAuth = { setting: 'KNOWNGOOD_REGISTRY_AUTH', path };
  return examineRegistries({ registries, registryAuth });
}

const auths = (...hosts: readonly string[]): string =>
  JSON.stringify({
    auths: Object.fromEntries(hosts.map((host) => [host, { username: 'jane', password: 'canary' }])),
  });

test('the doctor names the registries of the credentials, and never one of them', () => {
  const found = [
    findingsOf(auths('ghcr.io')),
    findingsOf(auths('ghcr.io', 'quay.io')),
    findingsOf(auths('ghcr.io'), 0o644),
    findingsOf('{"auths": "canary"}'),
    findingsOf('x'.repeat(mostAuthBytes + 1)),
    examineRegistries({ registries, registryAuth: { setting: '--registry-auth', path: '/nowhere' } }),
  ].flat();
  expect(found).toMatchObject([
    { status: 'ok', about: expect.stringMatching(/config\.json has those of ghcr\.io$/) },
    { status: 'warn', next: 'name those to be asked with --ask-registry: quay.io' },
    { status: 'warn', next: expect.stringMatching(/^chmod go= /) },
    { status: 'fail', about: expect.stringContaining('auths is not as Docker writes it') },
    { status: 'fail', about: expect.stringContaining(`has more than ${mostAuthBytes} bytes`) },
    { status: 'fail', about: expect.stringContaining('ENOENT') },
  ]);
  expect(JSON.stringify(found)).not.toContain('canary');
  expect(examineRegistries({ registries, registryAuth: undefined })).toEqual([]);
});
