import { expect, test } from 'vitest';
import { readAgentSettings } from './agent-settings.ts';

const read = (words: Parameters<typeof readAgentSettings>[0], environment: Record<string, string> = {}) =>
  readAgentSettings(words, environment, '/data');

test('the address of the hub is all that is needed', () => {
  expect(read({ hub: 'hub.example.com' })).toEqual({
    hub: 'hub.example.com:7421',
    tls: { ca: undefined },
    cluster: { name: 'default', provider: '', region: '' },
    tokenFile: '/data/knowngood-agent.token',
    registrationToken: undefined,
    kubeconfig: undefined,
    context: undefined,
    namespaces: [],
    intervalSeconds: 30,
    fieldDrift: false,
    serverDryRun: false,
    allowSync: false,
  });
  expect(() => read({})).toThrow('give the address of its agent port with --hub HOST:PORT');
});

test('words win over variables, and switches are off until somebody turns them on', () => {
  const environment = {
    KNOWNGOOD_AGENT_HUB: 'other:1',
    KNOWNGOOD_AGENT_PLAINTEXT: 'true',
    KNOWNGOOD_AGENT_ALLOW_SYNC: 'yes',
    KNOWNGOOD_AGENT_NAMESPACE: 'argocd,apps',
    KNOWNGOOD_AGENT_INTERVAL: '5',
  };
  expect(read({ hub: '[::1]:9', fieldDrift: true }, environment)).toMatchObject({
    hub: '[::1]:9',
    tls: undefined,
    fieldDrift: true,
    allowSync: true,
    namespaces: ['argocd', 'apps'],
    intervalSeconds: 5,
  });
});

test('a registration token is a text or a file', () => {
  const file = { hub: 'h', registrationTokenFile: 'token' };
  const setting = '--registration-token-file';
  expect(read(file).registrationToken).toEqual({ setting, path: '/data/token' });
  const environment = { KNOWNGOOD_AGENT_REGISTRATION_TOKEN: 'ghqa_reg_1' };
  expect(read(file, environment).registrationToken).toEqual({ text: 'ghqa_reg_1' });
});

test.for([
  [{ hub: 'https://hub' }, '--hub: https://hub is no address such as hub.example.com:7421'],
  [{ hub: 'https://kg:secret@hub' }, '--hub: https://…@hub is no address'],
  [{ hub: 'hub:x' }, '--hub: hub:x is no address'],
  [{ hub: 'h', interval: '0' }, '--interval: 0 is no number of seconds from 1 to 3600'],
  [{ hub: 'h', interval: '1e3' }, '--interval: 1e3 is no number'],
] as const)('%o is refused', ([words, message]) => {
  expect(() => read(words)).toThrow(message);
});
