import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './fresh-clone.ts';

/** What can be let happen at a fail point. */
export const faults = ['kill', 'throw', 'lie', 'delay'] as const;
export type Fault = (typeof faults)[number];

/** A fail point, and the tests of each fault: the name of a suite of the table, or a file. */
export interface FaultRow {
  readonly point: string;
  readonly tests: ReadonlyMap<Fault, readonly string[]>;
}

/** Suites that find their points by themselves and compare them with the table. */
export const faultSuites: Readonly<Record<string, string>> = {
  requests: 'test/requests/faults.test.ts',
  kills: 'test/requests/kills.test.ts',
  upstream: 'test/requests/connected-faults.test.ts',
  local: 'test/kill.test.ts',
};

const isFault = (word: string): word is Fault => (faults as readonly string[]).includes(word);

function readRow(line: string): FaultRow {
  const [, point = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
  const cells = rest.split(/ {2,}/).map((cell): [Fault, readonly string[]] => {
    const [fault = '', tests = ''] = cell.split(': ');
    if (!isFault(fault)) throw new Error(`${fault} is no fault, in the row of ${point}`);
    return [fault, tests.trim().split(' ')];
  });
  return { point, tests: new Map(cells) };
}

/** The table of all fail points, `test/golden/fail-points.txt`. */
export const faultTable = (): readonly FaultRow[] =>
  readFileSync(join(root, 'test/golden/fail-points.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(readRow);

/** The points at which a suite lets a fault happen, as the table has it, sorted. */
export const pointsIn = (suite: string, fault: Fault): readonly string[] =>
  faultTable()
    .filter(({ tests }) => tests.get(fault)?.includes(suite))
    .map(({ point }) => point)
    .toSorted();
