import { registryHost } from './registry-host.ts';

/** An image as it is written: `repository:tag`, with a digest or without. What is not there is undefined. */
export interface ImageName {
  /** As registries know it: `nginx` is `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** A name without a registry is one of Docker Hub, as container runtimes read it. */
function fullRepository(name: string): string {
  const [first = '', ...rest] = name.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const isHub = hasRegistry && registryHost(first) === 'docker.io';
  if (isHub) return ['docker.io', ...rest].join('/');
  if (hasRegistry) return name;
  return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
}

/** Reads the name of an image; undefined where it is empty or a template. */
export function readImageName(text: string): ImageName | undefined {
  const plain = text.trim();
  if (plain === '' || /[\s{}$]/.test(plain)) return undefined;
  const [named = '', digest] = plain.split('@', 2);
  const colon = named.lastIndexOf(':');
  // A colon before a slash is the port of a registry.
  const tagged = colon > named.lastIndexOf('/');
  const name = tagged ? named.slice(0, colon) : named;
  if (name === '') return undefined;
  return { repository: fullRepository(name), tag: tagged ? named.slice(colon + 1) : undefined, digest };
}

/** The last part of a repository: `api` of `ghcr.io/shop/api`. */
export const lastName = ({ repository }: Pick<ImageName, 'repository'>): string =>
  repository.slice(repository.lastIndexOf('/') + 1);

/** An image as it is written; what is not there stays away. */
export const imageText = ({ repository, tag, digest }: ImageName): string =>
  `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
