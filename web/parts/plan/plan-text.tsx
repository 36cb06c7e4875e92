import { Anchor } from '@mantine/core';
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Preview } from '../../../src/contract/plan.ts';
import type { QueryKey } from '../../api/queries.ts';
import { useRoomyView } from '../text-diff/diff-view.ts';
import { FileText } from '../text-diff/file-text.tsx';

/** Which text of a plan stands open; the address says so. */
export interface OpenText {
  readonly open: string | undefined;
  readonly onOpen: (path: string | undefined) => void;
}

/** The same, and how texts are asked for. */
export interface PlanTexts extends OpenText {
  /** The preview once more, with the text of one file. */
  readonly ask: (path: string) => UseQueryOptions<Preview, Error, Preview, QueryKey>;
}

interface OfFile<Texts> {
  readonly path: string;
  readonly texts: Texts;
}

/** Opens the text of one file in place, or closes it. */
export function PlanTextToggle({ path, texts: { open, onOpen } }: OfFile<OpenText>): ReactElement {
  const isOpen = open === path;
  return (
    <Anchor
      component="button"
      type="button"
      size="xs"
      underline="always"
      aria-expanded={isOpen}
      aria-label={`${isOpen ? 'Hide' : 'Show'} text of ${path}`}
      onClick={() => onOpen(isOpen ? undefined : path)}
    >
      {isOpen ? 'hide text' : 'show text'}
    </Anchor>
  );
}

/** What would stand in one file: its text now beside the text that the plan leaves. */
export function PlanText({ path, texts: { ask } }: OfFile<PlanTexts>): ReactElement {
  const view = useRoomyView();
  const { data, error, refetch } = useQuery({ ...ask(path), retry: false });
  const gone = { before: null, after: null, opaque: 'the plan no longer changes this file' };
  return (
    <FileText
      path={path}
      text={data && (data.text ?? gone)}
      error={error}
      onRetry={() => void refetch()}
      view={view}
    />
  );
}
