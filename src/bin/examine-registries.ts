import { statSync } from 'node:fs';
import { type Finding, failure, fine, warning, wordsOf } from '../operate/finding.ts';
import { mostAuthBytes, readRegistryAuth } from './registry-auth.ts';
import type { ServerSettings } from './server-settings.ts';
import { readShortFile } from './setting-files.ts';

const check = 'registry credentials';

/** What the doctor says of the credentials for registries, without one of them; nothing where none are named. */
export function examineRegistries({
  registries,
  registryAuth,
}: Pick<ServerSettings, 'registries' | 'registryAuth'>): readonly Finding[] {
  if (!registryAuth) return [];
  try {
    const { setting, path } = registryAuth;
    const hosts = [...readRegistryAuth(setting, readShortFile(registryAuth, mostAuthBytes)).keys()];
    const about = `${path} has those of ${hosts.length > 0 ? hosts.join(', ') : 'no registry'}`;
    if ((statSync(path).mode & 0o077) !== 0)
      return [warning(check, `others on this machine can look into ${path}`, `chmod go= ${path}`)];
    const unasked = hosts.filter((host) => !registries.some((each) => each.host === host));
    return unasked.length === 0
      ? [fine(check, about)]
      : [warning(check, about, `name those to be asked with --ask-registry: ${unasked.join(', ')}`)];
  } catch (error) {
    return [failure(check, wordsOf(error), 'put the file in order, or start without --registry-auth')];
  }
}
