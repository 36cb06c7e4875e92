import { useMediaQuery } from '@mantine/hooks';

export const diffViews = ['split', 'unified'] as const;
export type DiffView = (typeof diffViews)[number];

/** How texts are shown unless somebody chose: side by side where there is room. */
export function useRoomyView(): DiffView {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return narrow ? 'unified' : 'split';
}
