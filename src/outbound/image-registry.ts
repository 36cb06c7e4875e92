import type { ImageName } from '../domain/verification/image-name.ts';
import { inTime } from './in-time.ts';
import { OutboundError } from './outbound-error.ts';
import {
  type CallRules,
  type NamedRegistry,
  type RegistryAnswer,
  type RegistryQuestion,
  type RegistryRules,
  callRegistry,
  namedRegistry,
  schemeOf,
  unasked,
  unclear,
  unknown,
} from './registry-call.ts';

/** Images of Docker Hub do not name the host that serves them. */
const servedBy: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

/** All that a manifest can be; without them a registry answers 404 for what it has. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const repositoryName = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const referenceName = /^(?:\w[\w.-]{0,127}|[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,128})$/;

/** Asks the registry of an image for its manifest, with a token where it wants one. Never throws. */
export function askForImage(image: ImageName, rules: RegistryRules): Promise<RegistryAnswer> {
  const slash = image.repository.indexOf('/');
  const host = image.repository.slice(0, slash);
  const repository = image.repository.slice(slash + 1);
  return askForManifest({ host, repository, reference: image.digest ?? image.tag ?? 'latest' }, rules);
}

/** What a registry keeps under a tag or a digest. */
export interface ManifestName {
  readonly host: string;
  readonly repository: string;
  readonly reference: string;
  /** A 404 alone proves nothing: the registry may hide the whole repository, and has to show that one. */
  readonly mayBeHidden?: boolean;
}

/** Asks a registry whether it has a manifest: of an image, or of a chart. Never throws. */
export async function askForManifest(name: ManifestName, rules: RegistryRules): Promise<RegistryAnswer> {
  const { host, repository, reference } = name;
  const named = namedRegistry(host, rules);
  if ('kind' in named) return named;
  if (Math.max(repository.length, reference.length) > 255) return unasked('has nothing of such a name');
  if (!repositoryName.test(repository) || !referenceName.test(reference))
    return unasked('has nothing of such a name');
  try {
    return await inTime(rules, (signal) => askHead(name, named, { ...rules, signal }));
  } catch (error) {
    if (error instanceof OutboundError) return unknown(error.message);
    throw error;
  }
}

async function askHead(
  { repository, reference, mayBeHidden = false }: ManifestName,
  named: NamedRegistry,
  rules: CallRules,
): Promise<RegistryAnswer> {
  const place = {
    url: `${schemeOf(named)}://${servedBy[named.host] ?? named.host}/v2/${repository}`,
    scope: `repository:${repository}:pull`,
  };
  const url = `${place.url}/manifests/${reference}`;
  const question = { ...place, url, method: 'HEAD', accept: manifestTypes } as const;
  const reply = await callRegistry(question, named, rules);
  if ('kind' in reply) return reply;
  if (reply.status === 200) return { kind: 'there' };
  if (reply.status !== 404) return unclear(reply, named);
  return mayBeHidden ? askForTags(place, named, rules) : { kind: 'missing' };
}

/** Many answer 404 for repositories that they do not show us, whether we signed in or not. */
async function askForTags(
  { url, scope }: Pick<RegistryQuestion, 'url' | 'scope'>,
  named: NamedRegistry,
  rules: CallRules,
): Promise<RegistryAnswer> {
  const question = { url: `${url}/tags/list?n=1`, scope, method: 'GET', accept: 'application/json' } as const;
  const reply = await callRegistry(question, named, rules);
  if ('kind' in reply) return reply;
  if (reply.status === 200) return { kind: 'missing' };
  return reply.status === 404 ? unknown('shows no such repository, or hides it') : unclear(reply, named);
}
