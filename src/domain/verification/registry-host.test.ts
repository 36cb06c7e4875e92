import { expect, test } from 'vitest';
import { registryHost } from './registry-host.ts';

test('Docker Hub has one name, and every other registry its own', () => {
  for (const host of ['docker.io', 'Index.Docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])
    expect(registryHost(host)).toBe('docker.io');
  expect(registryHost('GHCR.io')).toBe('ghcr.io');
  expect(registryHost('images.example.com:5000')).toBe('images.example.com:5000');
  expect(registryHost('mirror.docker.io.example.com')).toBe('mirror.docker.io.example.com');
});
