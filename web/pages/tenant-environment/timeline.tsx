import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { Ago } from '../../parts/ago.tsx';
import { shortSha } from '../../words/short-sha.ts';
import { deploymentSigns } from '../../parts/states.ts';
import { useNow } from '../../parts/use-now.ts';
import { utcText } from '../../words/ago.ts';
import { HealthLegend, HealthLine } from './health-line.tsx';
import { timelineMarks } from './timeline-marks.ts';
import classes from './timeline.module.css';

/** How many deployments the line shows: more cannot be told apart. */
const shown = 40;

const markText = ({ timestamp, revision, changes, status }: Deployment): string =>
  `${utcText(timestamp)} · ${shortSha(revision)} · ${deploymentSigns[status].word}\n${changes.summary}`;

function Mark({ row, at }: { readonly row: Deployment; readonly at: number }): ReactElement {
  const tone = row.status === 'success' ? 'good' : row.status === 'failed' ? 'bad' : 'none';
  return (
    <span className={`${classes['mark']} ${classes[tone]}`} style={{ left: `${at}%` }} title={markText(row)}>
      {row.source === 'rollback' ? <IconArrowBackUp size={12} /> : null}
    </span>
  );
}

/**
 * The latest deployments along a line of time; rollbacks have an arrow, and the band below says how healthy each was
 * while somebody looked. The table below says the same in words.
 */
export function Timeline({ rows }: { readonly rows: readonly Deployment[] }): ReactElement | null {
  const now = useNow();
  const latest = rows.slice(0, shown);
  const oldest = latest.at(-1);
  if (latest.length < 2 || !oldest) return null;
  const rollbacks = latest.filter(({ source }) => source === 'rollback').length;
  const words = `Timeline: ${latest.length} deployments since ${utcText(oldest.timestamp)}, ${rollbacks} of them rollbacks`;
  const marks = timelineMarks(latest, now);
  return (
    <figure className={classes['timeline']} aria-label={words}>
      <div className={classes['line']} aria-hidden>
        {marks.map(({ row, at }) => (
          <Mark key={row.revision} row={row} at={at} />
        ))}
      </div>
      <HealthLine marks={marks} now={now} />
      <figcaption className={classes['ends']}>
        <Ago at={oldest.timestamp} />
        <HealthLegend rows={latest} />
        <span>now</span>
      </figcaption>
    </figure>
  );
}
