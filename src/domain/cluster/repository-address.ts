/**
 * One spelling for the many addresses of one repository: `https://Host/a/b.git`, `git@host:a/b` and
 * `ssh://git@host:22/a/b/` are the same. Empty when it is no address.
 */
export function repositoryAddress(url: string): string {
  const [, webHost, port, webPath] =
    /^(?:https?|ssh|git):\/\/(?:[^@/\s]*@)?([^:/\s]+)(?::(\d+))?\/([^\s?#]+)/i.exec(url) ?? [];
  if (webHost !== undefined && webPath !== undefined) {
    const usual = port === undefined || ['22', '80', '443'].includes(port);
    return `${webHost.toLowerCase()}${usual ? '' : `:${port}`}/${plainPath(webPath)}`;
  }
  const [, host, path] = /^(?:[\w.-]+@)([^:/\s]+):(?!\/)([^\s]+)$/.exec(url) ?? [];
  return host === undefined || path === undefined ? '' : `${host.toLowerCase()}/${plainPath(path)}`;
}

const plainPath = (path: string): string => path.replace(/\/+$/, '').replace(/\.git$/, '');

/** Do both name the same repository? Addresses that cannot be read are equal to nothing. */
export const isSameRepository = (one: string, other: string): boolean => {
  const address = repositoryAddress(one);
  return address !== '' && address === repositoryAddress(other);
};
