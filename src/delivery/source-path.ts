import { type At, deliveryFault } from './variable.ts';

/** Addresses that kustomize and helm would fetch: what they give can change without a commit. */
const remote =
  /^(?:[a-z][a-z0-9+.-]*:|[^/]*@|\/\/|(?:www\.)?(?:github|gitlab|bitbucket)\.[a-z]+\/)|[?&]ref=/i;

/** Where a path is written, and where it starts: what begins with `.` in the folder, and with `inside` all of them. */
export interface PathStart {
  readonly folder: string;
  readonly at: At;
  readonly inside?: boolean;
}

/**
 * A path that a file names, from the root of the repository. Throws delivery_invalid for what leaves the repository or
 * is not in it.
 */
export function sourcePath(text: string, { folder, at, inside = false }: PathStart): string {
  const quoted = JSON.stringify(text);
  if (remote.test(text))
    throw deliveryFault(at, `${quoted} is not in this repository; copy it here, so that a commit pins it`);
  if (text.startsWith('/')) throw deliveryFault(at, `${quoted} must not begin with /`);
  const relative = inside || /^\.\.?(?:\/|$)/.test(text);
  const parts = relative && folder !== '' ? folder.split('/') : [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw deliveryFault(at, `${quoted} leaves the repository`);
  }
  if (parts.length === 0) throw deliveryFault(at, `${quoted} is the whole repository; name a folder in it`);
  return parts.join('/');
}

/** How to say in `folder` that something is at `path`; both from the root of the repository. */
export function relativePath(folder: string, path: string): string {
  const [from, to] = [folder.split('/'), path.split('/')];
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
