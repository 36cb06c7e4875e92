import { type NamedBytes, type Place, type PlacedLine, withCheckpoints } from './export-lines.ts';
import type { ExportLine, ExportedCheckpoint, ExportedRow } from './export-line.ts';
import { type SigningKeys, signatureFault } from './signing-keys.ts';

// Room `verify`: the offline check of an audit export. It knows the documented format and nothing else: it shares no
// code with those who write the log, so that a mistake of theirs cannot hide itself.

/** What to check: the parts of one export in their order, and what is known of the log from elsewhere. */
export interface ExportCheck {
  readonly parts: readonly NamedBytes[];
  /** Checkpoints that were kept apart, in the order of their rows; an earlier export will do. */
  readonly checkpoints: NamedBytes | undefined;
  /** Without any, signatures are not checked. */
  readonly keys: SigningKeys;
}

/** The first row that is not in order; `reason` is read after `row 12`. */
export interface ExportFault {
  readonly seq: number;
  readonly reason: string;
  /** Where it was noticed; the end of the log has no place. */
  readonly place: Place | undefined;
}

export interface ExportReport {
  /** Rows that follow one another from the first on, up to the fault. */
  readonly rows: number;
  readonly lastHash: string | undefined;
  /** Checkpoints that were met and agree with the rows. */
  readonly checkpoints: number;
  readonly fault: ExportFault | undefined;
}

/** How far the walk has come: the last row, the last row that a checkpoint vouches for, and what was found. */
interface Walk {
  readonly seq: number;
  readonly hash: string;
  readonly vouched: number;
  readonly checkpoints: number;
  readonly fault?: ExportFault;
}

type Finding = Omit<ExportFault, 'place'>;

const missing = 'is missing';
const misplaced = 'stands in the wrong place';

/** Walks an export once, in memory that does not grow with it, and names the first row that is not in order. */
export async function verifyExport({ parts, checkpoints, keys }: ExportCheck): Promise<ExportReport> {
  let walk: Walk = { seq: 0, hash: '0'.repeat(64), vouched: 0, checkpoints: 0 };
  for await (const lines of withCheckpoints(parts, checkpoints)) {
    for (const line of lines) {
      walk = walk.fault ? lookFor(walk, walk.fault, line) : step(walk, line, keys);
      if (isSettled(walk)) break;
    }
    if (isSettled(walk)) break;
  }
  const { seq: rows, hash } = walk;
  const lastHash = rows === 0 ? undefined : hash;
  return { rows, lastHash, checkpoints: walk.checkpoints, fault: walk.fault ?? endFault(walk) };
}

/** Whether a row is missing or only elsewhere is told by the lines that follow; all else needs no more of them. */
const isSettled = ({ fault }: Walk): boolean => fault !== undefined && fault.reason !== missing;

function step(walk: Walk, line: PlacedLine, keys: SigningKeys): Walk {
  const { content, file } = line;
  const next = content?.kind === 'checkpoint' ? vouch(walk, content, keys) : follow(walk, content);
  return 'reason' in next ? { ...walk, fault: { ...next, place: { file, line: line.line } } } : next;
}

/** A row that is missing where it belongs, met further on. */
const lookFor = (walk: Walk, fault: ExportFault, { content }: PlacedLine): Walk =>
  isRow(content, fault.seq) ? { ...walk, fault: { ...fault, reason: misplaced } } : walk;

const isRow = (content: ExportLine | undefined, seq: number): boolean =>
  content?.kind === 'row' && content.seq === seq && content.hash === content.computed;

function follow(walk: Walk, row: ExportedRow | undefined): Walk | Finding {
  const seq = walk.seq + 1;
  if (!row) return { seq, reason: 'was altered: its line is not one that a hub writes' };
  if (row.hash !== row.computed)
    return { seq, reason: 'was altered: it does not have the hash that it claims' };
  if (row.seq < seq) return { seq: row.seq, reason: misplaced };
  if (row.seq > seq) return { seq, reason: missing };
  if (row.prev !== walk.hash) return { seq, reason: 'does not continue the row before it' };
  return { ...walk, seq, hash: row.hash };
}

function vouch(walk: Walk, checkpoint: ExportedCheckpoint, keys: SigningKeys): Walk | Finding {
  const { seq, hash } = checkpoint;
  const unsigned = keys.size > 0 ? signatureFault(checkpoint, keys) : undefined;
  if (unsigned !== undefined) return { seq, reason: unsigned };
  if (seq > walk.seq) return { seq: walk.seq + 1, reason: missing };
  if (seq < walk.seq) return { seq, reason: 'has a checkpoint that stands in the wrong place' };
  if (hash !== walk.hash)
    return { seq, reason: 'is not the one that its checkpoint names; the log was rewritten' };
  return { ...walk, vouched: seq, checkpoints: walk.checkpoints + 1 };
}

function endFault({ seq, vouched }: Walk): ExportFault | undefined {
  if (seq === 0) return { seq: 1, reason: missing, place: undefined };
  if (seq === vouched) return undefined;
  return { seq, reason: 'is the last one and has no checkpoint: the export was cut off', place: undefined };
}
