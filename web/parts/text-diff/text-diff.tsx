import { Button, Group, Text, useComputedColorScheme } from '@mantine/core';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { typesText } from '../types-text.ts';
import type { ChangePlace } from './changes.ts';
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

/** Two texts with their differences; what is the same is folded away. `n` and `p` go from change to change. */
export function TextDiff({ name, before, after, view }: TextDiffProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<OpenDiff>(undefined);
  const [place, setPlace] = useState<ChangePlace>();
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    if (!host.current) return undefined;
    const diff = openDiff(host.current, { name, before, after, view, dark });
    shown.current = diff;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return;
      if (event.key === 'n') setPlace(diff.go(1));
      if (event.key === 'p') setPlace(diff.go(-1));
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      shown.current = undefined;
      setPlace(undefined);
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
          onClick={() => setPlace(shown.current?.go(-1))}
        >
          Previous change
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          title="Next change (n)"
          onClick={() => setPlace(shown.current?.go(1))}
        >
          Next change
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {place ? `Change ${place.at} of ${place.of}` : ''}
        </Text>
      </Group>
      <div ref={host} className={classes['diff']} />
    </>
  );
}
