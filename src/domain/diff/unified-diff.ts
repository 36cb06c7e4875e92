import { structuredPatch } from 'diff';
import type { PlannedFile } from '../plan/plan.ts';
import { quotedName } from './quoted-name.ts';

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

/** A line as Git writes it, with what it is to a reader. */
export interface DiffLine {
  readonly kind: 'heading' | 'place' | 'added' | 'removed' | 'same';
  readonly text: string;
}

/** How much a diff may be, in all and of one file: lines of usual length. To find out more takes too long. */
export interface DiffLimits {
  readonly lines: number;
  readonly fileLines: number;
}

const unlimited: DiffLimits = { lines: Infinity, fileLines: Infinity };

const line = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, text });

function headLines({ file }: DiffedFile): DiffLine[] {
  const { path, before, after } = file;
  const lines = [`diff --git ${quotedName(`a/${path}`)} ${quotedName(`b/${path}`)}`];
  if (!before && after) lines.push(`new file mode ${after.mode}`);
  if (before && !after) lines.push(`deleted file mode ${before.mode}`);
  if (before && after && before.mode !== after.mode)
    lines.push(`old mode ${before.mode}`, `new mode ${after.mode}`);
  return lines.map((text) => line('heading', text));
}

const kinds: Readonly<Record<string, DiffLine['kind']>> = { '+': 'added', '-': 'removed' };

// Git names the line before a place without lines.
const span = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`;

/** Undefined when more than `most` lines differ. */
function hunkLines(before: string, after: string, most: number): DiffLine[] | undefined {
  const options = { context: CONTEXT_LINES, maxEditLength: most };
  const hunks = structuredPatch('', '', before, after, undefined, undefined, options)?.hunks;
  return hunks?.flatMap((hunk) => [
    line('place', `@@ -${span(hunk.oldStart, hunk.oldLines)} +${span(hunk.newStart, hunk.newLines)} @@`),
    ...hunk.lines.map((text) => line(kinds[text[0] ?? ''] ?? 'same', harmless(text))),
  ]);
}

const USUAL_LINE = 200;

const costOf = (lines: readonly DiffLine[]): number =>
  lines.reduce((cost, { text }) => cost + 1 + Math.floor(text.length / USUAL_LINE), 0);

function fileLines(one: DiffedFile, most: number): { readonly lines: DiffLine[]; readonly cost: number } {
  const head = headLines(one);
  const note = (text: string, cost = 0) => ({ lines: [...head, line('same', text)], cost });
  const { path } = one.file;
  const names = [quotedName(`a/${path}`), quotedName(`b/${path}`)] as const;
  if (one.hidden === 'binary') return note(`Binary files ${names[0]} and ${names[1]} differ`);
  if (one.hidden === 'secret') return note('Secret values differ and are not shown');
  if (one.before === one.after) return { lines: head, cost: 0 };
  const hunks = hunkLines(one.before ?? '', one.after ?? '', most);
  const cost = hunks === undefined ? most : costOf(hunks);
  if (!hunks || cost > most) return note('Too much differs to be shown', Math.min(cost, most));
  const marks = [
    line('heading', `--- ${one.before === undefined ? '/dev/null' : names[0]}`),
    line('heading', `+++ ${one.after === undefined ? '/dev/null' : names[1]}`),
  ];
  return { lines: [...head, ...marks, ...hunks], cost };
}

/** A diff in Git's own format: what is now against what it goes back to. Secret and binary contents are not shown. */
export function unifiedDiff(
  files: readonly DiffedFile[],
  limits: DiffLimits = unlimited,
): readonly DiffLine[] {
  let left = limits.lines;
  return files.flatMap((one) => {
    const { lines, cost } = fileLines(one, Math.min(left, limits.fileLines));
    left = Math.max(0, left - cost);
    return lines;
  });
}
