import { HighlightStyle } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours of YAML on a dark background, each readable at 4.5 to 1. */
export const darkHighlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: '#91a7ff' },
  { tag: [tags.string, tags.content], color: '#a9e34b' },
  { tag: [tags.number, tags.bool, tags.null], color: '#ffc078' },
  { tag: tags.comment, color: '#a6adb5' },
  { tag: [tags.meta, tags.keyword, tags.punctuation], color: '#ced4da' },
]);

/** The look of a diff, in the colours of the page. */
export const diffTheme = (dark: boolean): Extension =>
  EditorView.theme(
    {
      '&': { backgroundColor: 'transparent', color: 'inherit' },
      '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.5' },
      '.cm-gutters': {
        backgroundColor: 'transparent',
        border: 'none',
        color: 'var(--mantine-color-dimmed)',
      },
      '.cm-shownChange': { boxShadow: 'inset 3px 0 0 var(--mantine-color-anchor)' },
      '.cm-collapsedLines': {
        background: 'var(--kg-quiet)',
        color: 'var(--mantine-color-dimmed)',
        padding: '2px 12px',
        // the usual signs are missing in many fonts
        '&:before, &:after': { content: '"⋯"' },
      },
    },
    { dark },
  );
