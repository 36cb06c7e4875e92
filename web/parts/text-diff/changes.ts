import { getChunks } from '@codemirror/merge';
import { EditorSelection, type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** Which change is shown, counted from one, and of how many. */
export interface ChangePlace {
  readonly at: number;
  readonly of: number;
}

const markChange = StateEffect.define<{ readonly from: number; readonly to: number }>();
const line = Decoration.line({ class: 'cm-shownChange' });

/** Marks the lines of the change that was gone to: it may be one of several in view. */
export const shownChange: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, { effects, state }) {
    const effect = effects.find((each) => each.is(markChange));
    if (!effect) return marked;
    const first = state.doc.lineAt(effect.value.from).number;
    const last = state.doc.lineAt(effect.value.to).number;
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    return Decoration.set(numbers.map((number) => line.range(state.doc.line(number).from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Goes from change to change through an editor of a diff: one forward or one back, and from the last to the first. Brings
 * the change into view even where it is the only one and somebody scrolled away. Undefined where nothing differs.
 */
export function changeWalk(view: EditorView): (step: 1 | -1) => ChangePlace | undefined {
  let at: number | undefined;
  return (step) => {
    const chunks = getChunks(view.state)?.chunks ?? [];
    const start = at ?? (step > 0 ? -1 : 0);
    at = chunks.length === 0 ? undefined : (start + step + chunks.length) % chunks.length;
    const chunk = at === undefined ? undefined : chunks[at];
    if (at === undefined || !chunk) return undefined;
    const last = view.state.doc.length;
    const [from, to] = [Math.min(chunk.fromB, last), Math.min(Math.max(chunk.fromB, chunk.endB), last)];
    view.dispatch({
      selection: { anchor: from },
      effects: [
        markChange.of({ from, to }),
        EditorView.scrollIntoView(EditorSelection.range(to, from), { y: 'center' }),
      ],
    });
    return { at: at + 1, of: chunks.length };
  };
}
