import { defaultPolicy } from '../../src/domain/policy/policy.ts';
import type { Team } from './team.ts';

/** From now on production needs the approval of one other person. */
export const needApproval = ({ olga }: Pick<Team, 'olga'>, slug: string) =>
  olga.api.call('changePolicy', {
    params: { slug, environment: 'production' },
    body: { policy: { ...structuredClone(defaultPolicy), approvals: 1 } as never },
  });

/** The message of the commit: the block that the page documents, and the trailers. */
export const rollbackMessage = (
  good: string,
  { id, digest }: { readonly id: string; readonly digest: string },
) =>
  `Rollback: tenant/acme env/production → revision ${good.slice(0, 8)}

Mode: service
Service: api-gateway
Justification: Bad image tag v2.1.0 causing 500 errors
Author: jane@example.com
Approval: Approved by bob@example.com (quorum: 1/1)
Rollback Request ID: ${id}

Rollback-Request-Id: ${id}
Rollback-Target: ${good}
Plan-Digest: ${digest}
`;
