import { IconCheck } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { PageLink } from '../../parts/links.tsx';
import { shortSha } from '../../words/short-sha.ts';
import { type Draft, type Step, lastOpenStep, modeOf, steps } from './draft.ts';
import classes from './step-list.module.css';

const titles: Readonly<Record<Step, string>> = {
  scope: 'Scope',
  place: 'Tenant-environment',
  revision: 'Revision',
  preview: 'Preview',
  submit: 'Submit',
};

const modeWords = { full: 'everything', service: 'one service', field: 'single fields' } as const;

function chosen(step: Step, draft: Draft): string | undefined {
  const { tenant, environment, service, target } = draft;
  if (step === 'scope') return modeWords[modeOf(draft)];
  if (step === 'place' && tenant !== undefined)
    return [`${tenant}/${environment ?? '…'}`, modeOf(draft) === 'full' ? undefined : service]
      .filter((part) => part !== undefined)
      .join(' · ');
  return step === 'revision' && target !== undefined ? shortSha(target) : undefined;
}

/** The five steps with what was decided at each; those that are open can be gone to. */
export function StepList({ draft, at }: { readonly draft: Draft; readonly at: Step }): ReactElement {
  const last = steps.indexOf(lastOpenStep(draft));
  return (
    <nav aria-label="Steps of the rollback">
      <ol className={classes['steps']}>
        {steps.map((step, index) => {
          const text = chosen(step, draft);
          const isDone = index < steps.indexOf(at) && index <= last;
          const label = (
            <>
              <span className={classes['number']}>
                {isDone ? <IconCheck size={12} aria-hidden /> : index + 1}
              </span>
              <span>
                {titles[step]}
                {isDone && text !== undefined ? <span className={classes['chosen']}>{text}</span> : null}
              </span>
            </>
          );
          return (
            <li key={step} aria-current={step === at ? 'step' : undefined} className={classes['step']}>
              {index <= last && step !== at ? (
                <PageLink
                  to="/rollback"
                  search={(before) => ({ ...before, step })}
                  className={classes['label'] ?? ''}
                  underline="never"
                >
                  {label}
                </PageLink>
              ) : (
                <span className={classes['label']}>{label}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
