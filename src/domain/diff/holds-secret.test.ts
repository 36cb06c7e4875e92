import { expect, test } from 'vitest';
import { holdsSecret } from './holds-secret.ts';

test.for([
  'apiVersion: v1\nkind: Secret\ndata: {a: b}\n',
  'kind: "Secret" # x\n',
  '{"kind":"Secret","data":{}}',
  'items:\n- kind: Secret\n',
  'kind: SecretList\nitems:\n- data: {a: b}\n',
  'secretGenerator:\n- name: a\n',
  'a: ENC[x]\nsops:\n  mac: x\n',
  'kind: Secret\n: ][',
])('%j holds a secret', (text) => expect(holdsSecret(text)).toBe(true));

test.for(['kind: SecretStore\n', 'kind: ConfigMap\n', 'name: sops-config\n', 'a: kind\nb: Secret\n', ''])(
  '%j holds none',
  (text) => expect(holdsSecret(text)).toBe(false),
);
