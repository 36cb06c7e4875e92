import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { draftOfRequest } from './draft-of-request.ts';

/** Leads to what the same rollback would change now. */
export function PreviewAgain({ request }: { readonly request: Request }): ReactElement | null {
  const search = draftOfRequest(request);
  if (!search) return null;
  return (
    <ButtonLink to="/rollback" search={search} variant="default" size="compact-sm">
      Preview it on the present state
    </ButtonLink>
  );
}
