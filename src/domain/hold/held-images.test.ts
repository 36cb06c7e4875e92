import { expect, test } from 'vitest';
import { readImageName } from '../verification/image-name.ts';
import { heldImages } from './held-images.ts';
import { someHold } from './hold.test-kit.ts';

const place = { tenant: 'acme', environment: 'production', service: 'api-gateway' };
const brought = (...texts: readonly string[]) => ({
  ...place,
  images: texts.flatMap((text) => readImageName(text) ?? []),
});

test('a held tag that comes back through another field is a hazard that names the rollback and the hold', () => {
  const hold = someHold({ expiresAt: Date.UTC(2026, 10, 28) });
  expect(heldImages([hold], brought('ghcr.io/acme/api:v2.1.0', 'ghcr.io/acme/api:v2.0.9'))).toEqual([
    {
      code: 'image_held',
      message:
        'ghcr.io/acme/api:v2.1.0 has the image.tag that rbk-1 took away, held by hld-1 until 2026-11-28T00:00:00Z',
      blocking: false,
      paths: [],
    },
  ]);
});

test('whole images and digests are held too, and other services, places and fields are not meant', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const whole = someHold({ field: 'containers[app].image', value: 'nginx:1' });
  expect(heldImages([whole], brought('docker.io/library/nginx:1'))).toHaveLength(1);
  const exact = someHold({ field: 'image.digest', value: digest, service: undefined });
  expect(heldImages([exact], brought(`ghcr.io/acme/api@${digest}`))).toHaveLength(1);
  const again = brought('ghcr.io/acme/api:v2.1.0');
  for (const other of [
    { service: 'web' },
    { tenant: 'globex' },
    { environment: 'staging' },
    { field: 'targetRevision' },
    { value: 2 },
    { field: 'image', value: '{{ .tag }}' },
  ])
    expect(heldImages([someHold(other)], again)).toEqual([]);
});
