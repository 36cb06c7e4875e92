import { useNavigate } from '@tanstack/react-router';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { useRollbackVerdict } from './use-rollback-verdict.ts';

type Place = ResultOf<'listTenantEnvironments'>['items'][number];

/** Starts a rollback here; the wizard asks for the rest. */
export function RollBackButton({
  project,
  place,
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const navigate = useNavigate();
  const { tenant, environment } = place;
  const { mayRollBack } = useRollbackVerdict({ project, tenant, environment });
  return (
    <GuardedButton
      size="sm"
      verdict={mayRollBack}
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      onClick={() => void navigate({ to: '/rollback', search: { project, tenant, environment } })}
    >
      Roll back…
    </GuardedButton>
  );
}
