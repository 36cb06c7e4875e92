import { useNavigate } from '@tanstack/react-router';
import { IconArrowRight, IconRocket } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { TenantEnvironment } from '../../../src/domain/plan/scope.ts';
import { useMay } from '../../api/me.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';

/** Leads to the forms that bring something new here, or carry what is here to a later environment. */
export function ReleaseButtons({
  project,
  tenant,
  environment,
}: TenantEnvironment & { readonly project: string }): ReactElement {
  const navigate = useNavigate();
  const params = { project, tenant, environment };
  const mayRelease = useMay('request', params);
  // Where it goes to is asked later; the server decides by that place.
  const mayLook = useMay('preview', params);
  return (
    <>
      <GuardedButton
        size="sm"
        variant="default"
        verdict={mayRelease}
        leftSection={<IconRocket size={16} aria-hidden />}
        onClick={() => void navigate({ to: '/projects/$project/$tenant/$environment/release', params })}
      >
        Release…
      </GuardedButton>
      <GuardedButton
        size="sm"
        variant="default"
        verdict={mayLook}
        leftSection={<IconArrowRight size={16} aria-hidden />}
        onClick={() => void navigate({ to: '/projects/$project/$tenant/$environment/promote', params })}
      >
        Promote…
      </GuardedButton>
    </>
  );
}
