import type { ReactElement } from 'react';
import type { Sign } from './states.ts';
import classes from './state-badge.module.css';

/** A state as icon and word in its colour. `short` leaves the word to screen readers and the tooltip. */
export function StateBadge({
  sign,
  short = false,
}: {
  readonly sign: Sign;
  readonly short?: boolean;
}): ReactElement {
  const Icon = sign.icon;
  const tone = classes[sign.tone] ?? '';
  return short ? (
    <span className={`${classes['badge']} ${tone}`} title={sign.word} role="img" aria-label={sign.word}>
      <Icon size={15} aria-hidden />
    </span>
  ) : (
    <span className={`${classes['badge']} ${tone}`}>
      <Icon size={15} aria-hidden />
      {sign.word}
    </span>
  );
}
