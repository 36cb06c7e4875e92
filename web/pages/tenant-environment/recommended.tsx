import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { apiQuery } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { Sha } from '../../parts/sha.tsx';
import { useRollbackVerdict } from './use-rollback-verdict.ts';

type Recommendation = NonNullable<ResultOf<'recommendRollback'>['recommendation']>;

export interface RecommendedProps {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
}

/** Where to go back to if something is wrong, why, and the preview of it in one click. Nothing until it is known. */
export function Recommended({ project, tenant, environment }: RecommendedProps): ReactElement | null {
  const params = { slug: project, tenant, environment };
  const { data } = useQuery(apiQuery('recommendRollback', { params }));
  const navigate = useNavigate();
  const { mayRollBack } = useRollbackVerdict({ project, tenant, environment });
  const found = data?.recommendation;
  if (!found) return null;
  const { deployment, mode, service, fields, evidence } = found;
  const search = {
    project,
    tenant,
    environment,
    mode,
    target: deployment.revision,
    step: 'preview' as const,
    ...(service === null ? {} : { service }),
    ...(mode === 'field' ? { field: fields.map(({ address }) => address) } : {}),
  };
  return (
    <Group component="section" gap="sm" aria-label="Recommended rollback">
      <Text size="sm">
        If something is wrong here, take {scopeText(found)} back to <Sha value={deployment.revision} /> “
        {deployment.changes.summary}”: {evidence.map(({ text }) => text).join('; ')}.
      </Text>
      <GuardedButton
        verdict={mayRollBack}
        variant="light"
        onClick={() => void navigate({ to: '/rollback', search })}
      >
        Preview this rollback
      </GuardedButton>
    </Group>
  );
}

function scopeText({ mode, service, fields }: Recommendation): string {
  if (mode === 'full') return 'all of it';
  if (mode === 'service') return `service ${service}`;
  return `${fields.map(({ field }) => field).join(', ')} of ${service}`;
}
