import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { PageLink } from '../../parts/links.tsx';
import { draftOfRequest } from './draft-of-request.ts';

/**
 * To the texts of one file: of the commit, compared with what it was planned on, where the digest kept the file as it
 * was; before there is a commit, in the preview of the same rollback. None for what has neither page.
 */
export function TextLink({
  request,
  path,
}: {
  readonly request: Request;
  readonly path: string;
}): ReactElement | null {
  const { project, scope, baseSha, commit } = request;
  const [where, ...others] = scope.where;
  const label = { size: 'xs', underline: 'always', 'aria-label': `Text of ${path}` } as const;
  if (commit !== null && where !== undefined && others.length === 0)
    return (
      <PageLink
        to="/projects/$project/$tenant/$environment/compare"
        params={{ project, ...where }}
        search={{ from: baseSha, to: commit, file: path }}
        {...label}
      >
        text
      </PageLink>
    );
  const draft = commit === null ? draftOfRequest(request) : undefined;
  return draft ? (
    <PageLink to="/rollback" search={{ ...draft, text: path }} {...label}>
      text
    </PageLink>
  ) : null;
}
