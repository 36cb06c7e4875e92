import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { apiQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { draftOfRequest } from './draft-of-request.ts';
import { settingsOfPlan } from './settings-of-plan.ts';

const label = 'Preview it on the present state';
const look = { variant: 'default', size: 'compact-sm' } as const;

/** Leads to what the same would change now. */
export function PreviewAgain({ request }: { readonly request: Request }): ReactElement | null {
  const { kind, project, scope } = request;
  const [where] = scope.where;
  if (!where) return null;
  if (kind === 'release') return <ReleaseAgain request={request} />;
  if (kind === 'promotion') {
    const params = { project, tenant: where.tenant, environment: scope.from ?? '' };
    const search = { to: where.environment, ...scope.promotion };
    return (
      <ButtonLink
        to="/projects/$project/$tenant/$environment/promote"
        params={params}
        search={search}
        {...look}
      >
        {label}
      </ButtonLink>
    );
  }
  const search = draftOfRequest(request);
  return search ? (
    <ButtonLink to="/rollback" search={search} {...look}>
      {label}
    </ButtonLink>
  ) : null;
}

/** A release is put together from the fields that it set; one of whole files or of secrets can be resubmitted alone. */
function ReleaseAgain({
  request: { id, project, scope },
}: {
  readonly request: Request;
}): ReactElement | null {
  const { data } = useQuery(apiQuery('getRequestPlan', { params: { id } }));
  const set = data && settingsOfPlan(data);
  const [where] = scope.where;
  if (!set || !where) return null;
  return (
    <ButtonLink
      to="/projects/$project/$tenant/$environment/release"
      params={{ project, ...where }}
      search={{ set }}
      {...look}
    >
      {label}
    </ButtonLink>
  );
}
