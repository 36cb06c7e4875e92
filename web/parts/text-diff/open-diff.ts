import { yaml } from '@codemirror/lang-yaml';
import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { nonce } from '../../nonce.ts';
import { type ChangePlace, changeWalk, shownChange } from './changes.ts';
import { darkHighlight, diffTheme } from './diff-theme.ts';

export interface DiffWish {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly view: 'split' | 'unified';
  readonly dark: boolean;
}

/** A diff that stands in the page. */
export interface OpenDiff {
  /** Shows the next change, or the one before, and says which one that is. */
  readonly go: (step: 1 | -1) => ChangePlace | undefined;
  readonly close: () => void;
}

const collapseUnchanged = { margin: 3, minSize: 6 };

const reading = (dark: boolean, label: string): Extension => [
  EditorView.cspNonce.of(nonce),
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
  lineNumbers(),
  yaml(),
  syntaxHighlighting(dark ? darkHighlight : defaultHighlightStyle),
  diffTheme(dark),
  shownChange,
];

/** Shows two texts in an element: side by side, or one with the other's lines in it. */
export function openDiff(parent: HTMLElement, { name, before, after, view, dark }: DiffWish): OpenDiff {
  if (view === 'split') {
    const merge = new MergeView({
      parent,
      a: { doc: before, extensions: reading(dark, `${name}, before`) },
      b: { doc: after, extensions: reading(dark, `${name}, after`) },
      collapseUnchanged,
    });
    return { go: changeWalk(merge.b), close: () => merge.destroy() };
  }
  const unified = unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged });
  const editor = new EditorView({ parent, doc: after, extensions: [reading(dark, name), unified] });
  return { go: changeWalk(editor), close: () => editor.destroy() };
}
