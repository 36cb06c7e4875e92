import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { CameBack } from '../../parts/holds/came-back.tsx';
import { useHolds } from '../../parts/holds/use-holds.ts';

/** What a rollback took away and somebody pushed back. */
export function ReturnedHolds({
  request: { id, kind, state, project },
}: {
  readonly request: Request;
}): ReactElement | null {
  return kind === 'rollback' && state === 'completed' ? <Returned id={id} project={project} /> : null;
}

function Returned({ id, project }: { readonly id: string; readonly project: string }): ReactElement {
  const { holds = [] } = useHolds(project);
  return (
    <>
      {holds
        .filter(({ requestId }) => requestId === id)
        .map((hold) => (
          <CameBack key={hold.id} hold={hold} />
        ))}
    </>
  );
}
