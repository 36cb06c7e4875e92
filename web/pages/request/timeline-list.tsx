import {
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
} from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { Ago } from '../../parts/ago.tsx';
import { type StepState, timelineOf } from './timeline.ts';
import classes from './timeline-list.module.css';

const icons: Readonly<Record<StepState, typeof IconCircle>> = {
  done: IconCircleCheck,
  now: IconCircleDashed,
  ahead: IconCircle,
  stopped: IconCircleX,
  unknown: IconHelpCircle,
};
const words: Readonly<Record<StepState, string>> = {
  done: 'done',
  now: 'at this step',
  ahead: 'to come',
  stopped: 'stopped',
  unknown: 'unknown',
};

/** Where a request is on its way, at a glance. */
export function TimelineList({ request }: { readonly request: Request }): ReactElement {
  return (
    <ol className={classes['steps']} aria-label="The way of this request">
      {timelineOf(request).map(({ name, state, note, at }) => {
        const Icon = icons[state];
        return (
          <li key={name} className={classes[state] ?? ''}>
            <Icon size={16} role="img" aria-label={words[state]} />
            <div>
              <div className={classes['name']}>{name}</div>
              <div className={classes['note']}>
                {note} {at === undefined ? null : <Ago at={at} />}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
