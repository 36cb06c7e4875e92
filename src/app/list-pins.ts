import { standingPins } from '../delivery/standing-pins.ts';
import type { Bindings } from '../domain/layout/template.ts';
import type { Layout } from '../domain/layout/layout.ts';
import type { StandingPin } from '../domain/pin/standing-pin.ts';
import type { Snapshot } from '../domain/plan/plan-parts.ts';
import { drive } from '../git/drive.ts';
import { type LineOrigin, lineOrigins } from '../git/line-origins.ts';
import type { ObjectReader } from '../git/object-reader.ts';

/** Where pins are looked for. */
export interface PinnedBranch {
  readonly reader: ObjectReader;
  readonly base: Snapshot;
  readonly layout: Layout;
}

/** A pin, and the commit that brought it. */
export interface ListedPin extends StandingPin {
  /** Absent beyond the first hundred files. */
  readonly since: LineOrigin | undefined;
}

/** Each file takes a run of git. */
const mostFiles = 100;

/** The pins of a branch as it is, of these places and among them those that are wanted, each with the commit that brought it. */
export async function listPins(
  { reader, base, layout }: PinnedBranch,
  where: Bindings = {},
  isWanted: (pin: StandingPin) => boolean = () => true,
): Promise<readonly ListedPin[]> {
  const pins = (await drive(reader, standingPins(layout, base.tree, where))).filter(isWanted);
  const origins = new Map<string, ReadonlyMap<number, LineOrigin>>();
  for (const path of [...new Set(pins.map(({ file }) => file))].slice(0, mostFiles)) {
    const lines = pins.flatMap(({ file, line }) => (file === path ? [line] : []));
    origins.set(path, await lineOrigins(reader.repository, { revision: base.revision, path, lines }));
  }
  return pins.map((pin) => ({ ...pin, since: origins.get(pin.file)?.get(pin.line) }));
}
