import { Refusal } from '../../domain/refusal/refusal.ts';
import { readUpstreamUrl } from '../../domain/push/upstream-url.ts';
import { GitError } from '../../git/git-error.ts';
import { withRemote } from '../../git/remote-access.ts';
import type { Repository } from '../../git/repository.ts';
import { AddressError, networkList, safeAddress } from '../../outbound/address-guard.ts';
import type { GitHostSettings } from '../hub.ts';
import type { Seal } from '../seal.ts';
import type { HubProject, UpstreamSettings } from './hub-project.ts';
import { credentialOf, openSecrets } from './upstream-secrets.ts';

/** What is needed to reach the upstreams of projects. */
export interface UpstreamAccess {
  readonly seal: Seal;
  readonly gitHosts: GitHostSettings;
}

/** The upstream of a connected project. */
export function requireUpstream({ settings, slug }: HubProject): UpstreamSettings {
  if (settings.upstream) return settings.upstream;
  throw new Refusal('not_connected', { project: slug });
}

/**
 * Runs `work` with a repository from which git reaches the project's upstream, and nothing else. The address is looked
 * up and judged each time. Throws `upstream_forbidden` or `upstream_unreachable`.
 */
export async function reachUpstream<T>(
  access: UpstreamAccess,
  project: HubProject,
  repository: Repository,
  work: (repository: Repository, url: string) => Promise<T>,
): Promise<T> {
  const upstream = requireUpstream(project);
  const { url, protocol, host, port } = readUpstreamUrl(upstream.url);
  const { networks, plainHttp } = access.gitHosts;
  if (protocol === 'http' && !plainHttp)
    throw new Refusal('upstream_forbidden', { host, reason: 'only https and ssh are allowed here' });
  const credential = credentialOf(upstream.signIn, openSecrets(access.seal, project));
  try {
    const address = await safeAddress(host, networkList(networks), { listedOnly: protocol === 'http' });
    const target = { url, protocol, host, port, address, credential };
    return await withRemote(repository, target, (reaching) => work(reaching, url));
  } catch (error) {
    throw upstreamRefusal(error, url);
  }
}

/** Errors of reaching somebody, in words for people who look at the hub and not at a clone. */
function upstreamRefusal(error: unknown, url: string): unknown {
  if (error instanceof AddressError && error.code === 'forbidden')
    return new Refusal('upstream_forbidden', {
      host: error.host,
      reason: 'it is in a network that is not allowed for Git hosts',
    });
  if (error instanceof AddressError)
    return new Refusal('upstream_unreachable', { remote: url, reason: `${error.host} is not known` });
  if (error instanceof GitError && error.code === 'fetch_failed')
    return new Refusal('upstream_unreachable', { remote: url, reason: String(error.facts['reason']) });
  return error;
}
