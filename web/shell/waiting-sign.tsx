import { useIsFetching, useIsMutating } from '@tanstack/react-query';
import { type ReactElement, useEffect, useState } from 'react';
import classes from './shell.module.css';

/** Milliseconds that nobody has to be told about. */
const patience = 1_000;

/** Says so when an answer that is not there yet takes longer than a second, whatever was asked or done. */
export function WaitingSign(): ReactElement {
  const asked = useIsFetching({ predicate: ({ state }) => state.status === 'pending' });
  const isWaiting = asked + useIsMutating() > 0;
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setIsLate(true), patience);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isWaiting]);
  return (
    <div role="status">{isLate ? <span className={classes['late']}>Waiting for the hub…</span> : null}</div>
  );
}
