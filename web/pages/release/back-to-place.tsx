import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { PageLink } from '../../parts/links.tsx';

/** The way back to the tenant-environment. */
export function BackToPlace({
  where,
}: {
  readonly where: { readonly project: string; readonly tenant: string; readonly environment: string };
}): ReactElement {
  return (
    <PageLink to="/projects/$project/$tenant/$environment" params={where} size="sm">
      <IconArrowLeft size={13} aria-hidden /> {where.tenant} / {where.environment}
    </PageLink>
  );
}
