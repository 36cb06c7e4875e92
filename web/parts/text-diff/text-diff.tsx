import { Button, Group, useComputedColorScheme } from '@mantine/core';
import { type ReactElement, useEffect, useRef } from 'react';
import type { DiffView } from './diff-view.ts';
import { type OpenDiff, openDiff } from './open-diff.ts';
import classes from './text-diff.module.css';

export interface TextDiffProps {
  /** Of the file, for those who do not see it. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly view: DiffView;
}

const typesInField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/** Two texts with their differences; what is the same is folded away. `n` and `p` go from change to change. */
export function TextDiff({ name, before, after, view }: TextDiffProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<OpenDiff>(undefined);
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    if (!host.current) return undefined;
    const diff = openDiff(host.current, { name, before, after, view, dark });
    shown.current = diff;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || typesInField(event.target)) return;
      if (event.key === 'n') diff.next();
      if (event.key === 'p') diff.previous();
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      shown.current = undefined;
      diff.close();
    };
  }, [name, before, after, view, dark]);
  return (
    <>
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-xs"
          title="Previous change (p)"
          onClick={() => shown.current?.previous()}
        >
          Previous change
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          title="Next change (n)"
          onClick={() => shown.current?.next()}
        >
          Next change
        </Button>
      </Group>
      <div ref={host} className={classes['diff']} />
    </>
  );
}
