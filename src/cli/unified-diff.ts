import { structuredPatch } from 'diff';
import type { PlannedFile } from '../domain/plan.ts';
import { quotedName } from './quoted-name.ts';
import type { Style } from './style.ts';

/** One file of a diff: its texts, or the reason why they are not shown. */
export interface DiffedFile {
  readonly file: PlannedFile;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly hidden: 'binary' | 'secret' | undefined;
}

const CONTEXT_LINES = 3;
// Control characters would act on the terminal, but for a tab and for the end of a line of DOS.
const acting = /(?!\r$)[\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const harmless = (line: string): string =>
  line.replaceAll(acting, (found) =>
    found === '\t' ? found : `\\u${(found.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

function headLines({ file }: DiffedFile): string[] {
  const { path, before, after } = file;
  const lines = [`diff --git ${quotedName(`a/${path}`)} ${quotedName(`b/${path}`)}`];
  if (!before && after) lines.push(`new file mode ${after.mode}`);
  if (before && !after) lines.push(`deleted file mode ${before.mode}`);
  if (before && after && before.mode !== after.mode)
    lines.push(`old mode ${before.mode}`, `new mode ${after.mode}`);
  return lines;
}

function hunkLines(before: string, after: string, style: Style): string[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: CONTEXT_LINES });
  return hunks.flatMap((hunk) => [
    style.faint(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map((line) => {
      const text = harmless(line);
      if (line.startsWith('-')) return style.removed(text);
      return line.startsWith('+') ? style.added(text) : text;
    }),
  ]);
}

/** A diff in Git's own format: what is now against what it goes back to. Secret and binary contents are not shown. */
export function unifiedDiff(files: readonly DiffedFile[], style: Style): string {
  const lines = files.flatMap((one) => {
    const head = headLines(one).map((line) => style.heading(line));
    const { path } = one.file;
    if (one.hidden === 'binary')
      return [...head, `Binary files ${quotedName(`a/${path}`)} and ${quotedName(`b/${path}`)} differ`];
    if (one.hidden === 'secret') return [...head, 'Secret values differ and are not shown'];
    if (one.before === one.after) return head;
    const names = [
      one.before === undefined ? '/dev/null' : quotedName(`a/${path}`),
      one.after === undefined ? '/dev/null' : quotedName(`b/${path}`),
    ];
    const marks = [`--- ${names[0]}`, `+++ ${names[1]}`].map((line) => style.heading(line));
    return [...head, ...marks, ...hunkLines(one.before ?? '', one.after ?? '', style)];
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
