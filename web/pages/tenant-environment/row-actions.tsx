import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { type Verdict, refuse } from '../../../src/domain/refusal/verdict.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { ButtonLink } from '../../parts/links.tsx';
import { shortSha } from '../../words/short-sha.ts';
import { useRollbackVerdict } from './use-rollback-verdict.ts';

const alreadyThere: Verdict = refuse('nothing_to_change', { reason: 'this is what is deployed now' });

/** What can be done with one deployment. What may not be done says why. */
export function RowActions({
  project,
  row,
}: {
  readonly project: string;
  readonly row: Deployment;
}): ReactElement {
  const navigate = useNavigate();
  const { tenant, environment, revision } = row;
  const { mayRollBack, mayUndo } = useRollbackVerdict({ project, tenant, environment });
  const short = shortSha(revision);
  const where = { project, tenant, environment };
  return (
    <>
      <GuardedButton
        size="compact-xs"
        variant="light"
        verdict={mayRollBack.allowed && row.current ? alreadyThere : mayRollBack}
        aria-label={`Rollback to this revision, ${short}`}
        onClick={() => void navigate({ to: '/rollback', search: { ...where, target: revision } })}
      >
        Rollback to this revision
      </GuardedButton>
      <ButtonLink
        size="compact-xs"
        variant="subtle"
        px={4}
        to="/projects/$project/$tenant/$environment/compare"
        params={where}
        search={{ from: revision }}
        aria-label={`Compare with current, ${short}`}
      >
        Compare with current
      </ButtonLink>
      <GuardedButton
        size="compact-xs"
        variant="subtle"
        px={4}
        color="gray"
        verdict={mayUndo}
        aria-label={`Undo this commit, ${short}`}
        title="Undo exactly what this commit changed, and nothing that came before or after"
        onClick={() => void navigate({ to: '/rollback', search: { ...where, undo: revision } })}
      >
        Undo this commit
      </GuardedButton>
    </>
  );
}
