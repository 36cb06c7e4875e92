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

/** Lines that were read at once; to wait for each alone would take longer than to check it. */
export type LineBatch = readonly PlacedLine[];

/** The lines of parts of one export, as if they were one. */
async function* exportLines(parts: readonly NamedBytes[]): AsyncGenerator<LineBatch, void> {
  for (const { name: file, bytes } of parts) {
    let before = 0;
    for await (const found of byteLines(bytes)) {
      const first = before + 1;
      yield found.map((line, at) => ({ file, line: first + at, content: line && readExportLine(line) }));
      before += found.length;
    }
  }
}

/** What is not a row among some lines: an earlier export is as good as a file of checkpoints. */
async function* withoutRows(batches: AsyncIterable<LineBatch>): AsyncGenerator<PlacedLine, void> {
  for await (const batch of batches) for (const line of batch) if (line.content?.kind !== 'row') yield line;
}

/** The lines of an export, with checkpoints that were kept apart put behind the rows that they vouch for. */
export async function* withCheckpoints(
  parts: readonly NamedBytes[],
  apart: NamedBytes | undefined,
): AsyncGenerator<LineBatch, void> {
  const known = withoutRows(exportLines(apart ? [apart] : []));
  let next = await known.next();
  // A wrong file must not pass for one that nothing speaks against.
  if (apart && next.done) yield [{ file: apart.name, line: 1, content: undefined }];
  for await (const batch of exportLines(parts)) {
    let from = 0;
    for (const [at, { content }] of batch.entries()) {
      if (next.done) break;
      if (content?.kind !== 'row' || (next.value.content?.seq ?? 0) > content.seq) continue;
      yield batch.slice(from, at + 1);
      from = at + 1;
      for (; !next.done && (next.value.content?.seq ?? 0) <= content.seq; next = await known.next())
        yield [next.value];
    }
    yield from === 0 ? batch : batch.slice(from);
  }
  for (; !next.done; next = await known.next()) yield [next.value];
}
