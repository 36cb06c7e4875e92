import { byteLines } from './byte-lines.ts';
import { type ExportLine, readExportLine } from './export-line.ts';

/** Bytes, and the name by which a person knows them. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Where a line stands, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A line of an export; its content is undefined when it is none. */
export interface PlacedLine extends Place {
  readonly content: ExportLine | undefined;
}

/** The lines of parts of one export, as if they were one. */
async function* exportLines(parts: readonly NamedBytes[]): AsyncGenerator<PlacedLine, void> {
  for (const { name: file, bytes } of parts) {
    let line = 0;
    for await (const found of byteLines(bytes)) {
      line += 1;
      yield { file, line, content: found && readExportLine(found) };
    }
  }
}

/** What is not a row among some lines: an earlier export is as good as a file of checkpoints. */
async function* withoutRows(lines: AsyncIterable<PlacedLine>): AsyncGenerator<PlacedLine, void> {
  for await (const line of lines) if (line.content?.kind !== 'row') yield line;
}

/** The lines of an export, with checkpoints that were kept apart put behind the rows that they vouch for. */
export async function* withCheckpoints(
  parts: readonly NamedBytes[],
  apart: NamedBytes | undefined,
): AsyncGenerator<PlacedLine, void> {
  const known = withoutRows(exportLines(apart ? [apart] : []));
  let next = await known.next();
  // A wrong file must not pass for one that nothing speaks against.
  if (apart && next.done) yield { file: apart.name, line: 1, content: undefined };
  for await (const line of exportLines(parts)) {
    yield line;
    if (line.content?.kind !== 'row') continue;
    for (; !next.done && (next.value.content?.seq ?? 0) <= line.content.seq; next = await known.next())
      yield next.value;
  }
  for (; !next.done; next = await known.next()) yield next.value;
}
