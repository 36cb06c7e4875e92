const hub = 'docker.io';
const hubNames = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** The one name of a registry, in small letters: Docker Hub has many, and is `docker.io`. */
export function registryHost(host: string): string {
  const small = host.toLowerCase();
  return hubNames.has(small) ? hub : small;
}
