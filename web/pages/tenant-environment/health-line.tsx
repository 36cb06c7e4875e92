import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { healthText } from '../../../src/domain/deployment/health-text.ts';
import { shortSha } from '../../words/short-sha.ts';
import { type BandState, bandState, bandStates, healthBand } from './health-band.ts';
import classes from './health-line.module.css';
import type { TimelineMark } from './timeline-marks.ts';

const words: Readonly<Record<BandState, string>> = {
  healthy: 'healthy',
  mixed: 'not always healthy',
  bad: 'unhealthy at last',
  never: 'never healthy',
  unknown: 'without a report',
};

const partText = ({ revision, knownGood: { health } }: Deployment, state: BandState): string =>
  `${shortSha(revision)} · ${words[state]}${health ? `\n${healthText(health)}` : ''}`;

/** The band below a timeline: how healthy what was in force was, a dotted line where no cluster reported. */
export function HealthLine({
  marks,
  now,
}: {
  readonly marks: readonly TimelineMark<Deployment>[];
  readonly now: number;
}): ReactElement {
  return (
    <div className={classes['band']} aria-hidden>
      {healthBand(marks, now).map(({ row, state, from, to }) => (
        <span
          key={row.revision}
          className={`${classes['part']} ${classes[state]}`}
          style={{ left: `min(${from}%, 100% - 3px)`, width: `${to - from}%` }}
          title={partText(row, state)}
        />
      ))}
    </div>
  );
}

/** What the band means, in words and with how many deployments: all of it that screen readers need. */
export function HealthLegend({ rows }: { readonly rows: readonly Deployment[] }): ReactElement {
  const found = bandStates.map((state) => ({
    state,
    count: rows.filter(({ knownGood }) => bandState(knownGood.health) === state).length,
  }));
  return (
    <span className={classes['legend']}>
      Health:
      {found
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <span key={state} className={classes['entry']}>
            <span className={`${classes['sample']} ${classes[state]}`} aria-hidden /> {count} {words[state]}
          </span>
        ))}
    </span>
  );
}
