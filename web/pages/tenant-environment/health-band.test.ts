import { expect, test } from 'vitest';
import { type SeenHealth, bandState, healthBand } from './health-band.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 14, minute)).toISOString();
const seen = (parts: Partial<SeenHealth> = {}): SeenHealth => ({
  best: 'Healthy',
  worst: 'Healthy',
  last: 'Healthy',
  minutesHealthy: 10,
  firstSeenAt: at(0),
  lastSeenAt: at(10),
  ...parts,
});

test.for([
  ['healthy', seen()],
  ['mixed', seen({ worst: 'Degraded' })],
  ['bad', seen({ worst: 'Degraded', last: 'Degraded' })],
  ['bad', seen({ best: 'Progressing', worst: 'Missing', last: 'Missing' })],
  ['never', seen({ best: 'Progressing', worst: 'Progressing', last: 'Progressing' })],
  ['unknown', seen({ best: 'Unknown', worst: 'Unknown', last: 'Unknown' })],
  ['unknown', null],
] as const)('%s is the word for what was seen', ([word, health]) => {
  expect(bandState(health)).toBe(word);
});

const mark = (minute: number, place: number, health: SeenHealth | null) => ({
  row: { timestamp: at(minute), knownGood: { health } },
  at: place,
});

test('a deployment is known for as long as somebody looked, and not beyond the next one or now', () => {
  const marks = [
    mark(30, 60, seen({ firstSeenAt: at(35), lastSeenAt: at(45) })),
    mark(10, 20, seen({ firstSeenAt: at(5), lastSeenAt: at(31), worst: 'Degraded' })),
    mark(0, 0, null),
  ];
  expect(healthBand(marks, Date.parse(at(50))).map(({ state, from, to }) => [state, from, to])).toEqual([
    ['healthy', 70, 90],
    ['mixed', 20, 60],
  ]);
  expect(healthBand([mark(0, 0, null)], Date.parse(at(50)))).toEqual([]);
});
