import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditExportLine } from '../domain/audit/audit-export-line.ts';
import { longestLine } from './byte-lines.ts';
import { verifyExport } from './verify-export.ts';
import { chainOf, check, checkpointLine, exportOf, faultText, hubKey, makeKey } from './export.test-kit.ts';

const rows = chainOf(
  Array.from({ length: 7 }, (_, index) => ({ index, why: 'ü "quoted"\n\u2028', a: [null] })),
);
const lines = exportOf(rows);
const whole = lines.join('');
/** Where the lines of rows stand among all lines. */
const rowLines = lines.flatMap((line, at) => (line.startsWith('{"prev"') ? [at] : []));
const fault = async (text: string | Uint8Array, options = {}) => faultText(await check(text, options));

test('an untouched export is in order, signed or not', async () => {
  const ok = { rows: 7, lastHash: rows[6]?.hash, checkpoints: 3, fault: undefined };
  expect(await check(whole)).toEqual(ok);
  expect(await check(whole, { keys: [makeKey().publicKey, hubKey.publicKey] })).toEqual(ok);
  expect(await check(whole.trimEnd())).toEqual(ok);
});

test('however many bytes come at once, what is said of an export is the same', async () => {
  const kept = lines.filter((line) => line.startsWith('{"checkpoint"')).join('');
  const turned = lines.with(rowLines[1] ?? 0, lines[rowLines[4] ?? 0] ?? '').join('');
  const altered = whole.replace('"index":5', '"index":6');
  for (const text of [whole, turned, altered, lines.slice(0, 4).join('')])
    for (const checkpoints of [undefined, kept, whole]) {
      const said = await check(text, { checkpoints, atOnce: whole.length * 2 });
      for (const atOnce of [1, 7, 400, 900, 2500])
        expect(await check(text, { checkpoints, atOnce })).toEqual(said);
    }
});

test('names that are numbers stand in the order of their characters', async () => {
  expect(await fault(exportOf(chainOf([{ 9: 'nine', 10: { 2: 'two', 11: [] } }])).join(''))).toBeUndefined();
});

test('what the writer writes of any details, the verifier reads', async () => {
  const details = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(details, { minLength: 1, maxLength: 4 }), async (all) => {
      const text = exportOf(chainOf(all as Parameters<typeof chainOf>[0])).join('');
      expect(await fault(text)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

describe('found, and the first bad row named', () => {
  const someRow = fc.nat({ max: rows.length - 1 });

  test('any change of any byte of a row', async () => {
    const change = fc.tuple(someRow, fc.nat(), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([row, where, by]) => {
        const at = rowLines[row] ?? 0;
        const start = Buffer.byteLength(lines.slice(0, at).join(''));
        const bytes = Buffer.from(whole);
        const place = start + (where % (Buffer.byteLength(lines[at] ?? '') - 1));
        bytes[place] = ((bytes[place] ?? 0) + by) % 256;
        expect((await check(bytes)).fault?.seq).toBe(row + 1);
      }),
      { numRuns: 1000 },
    );
  });

  test('a byte more or less anywhere in a row', async () => {
    const change = fc.tuple(someRow, fc.nat(), fc.option(fc.integer({ min: 0, max: 255 })));
    await fc.assert(
      fc.asyncProperty(change, async ([row, where, added]) => {
        const at = rowLines[row] ?? 0;
        const start = Buffer.byteLength(lines.slice(0, at).join(''));
        const place = start + (where % (Buffer.byteLength(lines[at] ?? '') - 1));
        const bytes = [...Buffer.from(whole)];
        bytes.splice(place, added === null ? 1 : 0, ...(added === null ? [] : [added]));
        const { fault: found } = await check(Uint8Array.from(bytes));
        expect(found?.seq).toBe(row + 1);
      }),
      { numRuns: 1000 },
    );
  });

  test('any row or run of rows taken out', async () => {
    await fc.assert(
      fc.asyncProperty(someRow, fc.integer({ min: 1, max: 7 }), async (first, count) => {
        const gone = new Set(rowLines.slice(first, first + count));
        const { fault: found } = await check(lines.filter((_, at) => !gone.has(at)).join(''));
        expect(found).toMatchObject({ seq: first + 1, reason: 'is missing' });
      }),
    );
  });

  test('any two rows exchanged', async () => {
    await fc.assert(
      fc.asyncProperty(someRow, someRow, async (one, other) => {
        fc.pre(one < other);
        const [a = 0, b = 0] = [rowLines[one], rowLines[other]];
        const swapped = lines
          .with(a, lines[b] ?? '')
          .with(b, lines[a] ?? '')
          .join('');
        expect(await fault(swapped)).toBe(`row ${one + 1} stands in the wrong place`);
      }),
    );
  });

  test('any row repeated anywhere after it', async () => {
    await fc.assert(
      fc.asyncProperty(someRow, fc.nat({ max: lines.length }), async (row, to) => {
        const at = rowLines[row] ?? 0;
        fc.pre(to > at);
        const { fault: found } = await check(lines.toSpliced(to, 0, lines[at] ?? '').join(''));
        expect(found).toMatchObject({ seq: row + 1, reason: 'stands in the wrong place' });
      }),
    );
  });

  test('a row that was altered together with its hash', async () => {
    const forged = chainOf(rows.map((_, index) => ({ index: index === 2 ? 99 : index })));
    const honest = chainOf(rows.map((_, index) => ({ index })));
    const text = [...honest.slice(0, 2), ...forged.slice(2, 3), ...honest.slice(3)].map(auditExportLine);
    expect(await fault(text.join(''))).toBe('row 4 does not continue the row before it');
  });

  test('a log that was written anew under checkpoints that were not', async () => {
    const forged = chainOf(rows.map((_, index) => ({ index: index + 1 }))).map(auditExportLine);
    const text = lines.map((line, at) => (rowLines.includes(at) ? forged[rowLines.indexOf(at)] : line));
    expect(await fault(text.join(''))).toBe(
      'row 3 is not the one that its checkpoint names; the log was rewritten',
    );
  });

  test('an end that was cut off', async () => {
    expect(await fault(lines.slice(0, 3).join(''))).toBe(
      'row 3 is the last one and has no checkpoint: the export was cut off',
    );
    expect(await fault('')).toBe('row 1 is missing');
  });
});

describe('with the key of the hub', () => {
  const keys = [hubKey.publicKey];

  test('a log that was written anew, checkpoints too, is found', async () => {
    const forged = exportOf(chainOf([{}]), makeKey()).join('');
    expect(await fault(forged)).toBeUndefined();
    expect(await fault(forged, { keys })).toMatch(
      /^row 1 has a checkpoint signed with key [0-9a-f]{16}, which was not given$/,
    );
  });

  test('any change of any byte of a checkpoint is found', async () => {
    const at = lines.length - 1;
    const start = Buffer.byteLength(lines.slice(0, at).join(''));
    const length = Buffer.byteLength(lines[at] ?? '') - 1;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: length - 1 }), fc.integer({ min: 1, max: 255 }), async (place, by) => {
        const bytes = Buffer.from(whole);
        bytes[start + place] = ((bytes[start + place] ?? 0) + by) % 256;
        expect((await check(bytes, { keys })).fault).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe('with checkpoints that were kept apart', () => {
  const kept = lines.filter((line) => line.startsWith('{"checkpoint"')).join('');
  const rowsAlone = rowLines.map((at) => lines[at]).join('');

  test('rows are compared with them, as with an earlier export', async () => {
    expect(await check(rowsAlone, { checkpoints: kept })).toMatchObject({ checkpoints: 3, fault: undefined });
    expect(await check(whole, { checkpoints: lines.slice(0, 4).join('') })).toMatchObject({
      checkpoints: 4,
      fault: undefined,
    });
  });

  test('an end that was cut off is missing, even where a checkpoint was', async () => {
    const cut = lines.slice(0, 4).join('');
    expect(await fault(cut)).toBeUndefined();
    expect(await fault(cut, { checkpoints: kept })).toBe('row 4 is missing');
  });

  test('a log that was written anew is found', async () => {
    const forged = exportOf(chainOf(rows.map(() => ({ forged: true })))).join('');
    expect(await check(forged, { checkpoints: kept })).toMatchObject({
      fault: { seq: 3, place: { file: 'kept', line: 1 } },
    });
  });

  test('a file that holds none, or holds them out of order, does not pass', async () => {
    const [row] = rows;
    for (const checkpoints of ['', 'x\n', rowsAlone, row ? kept + checkpointLine(row) : ''])
      expect((await check(whole, { checkpoints })).fault?.place?.file).toBe('kept');
  });
});

describe('hostile input', () => {
  const strange = 'row 1 was altered: its line is not one that a hub writes';
  const hashed = (entry: string): string => {
    const prev = '0'.repeat(64);
    const hash = createHash('sha256').update(`knowngood-audit-1\n${prev}\n${entry}\n`).digest('hex');
    return `{"prev":"${prev}","hash":"${hash}","entry":${entry}}\n`;
  };

  test.each([
    ['no JSON', '{"a":}'],
    ['a member that stands there twice', '{"seq":1,"seq":1}'],
    ['a member twice, written in two ways', String.raw`{"s\u0065q":2,"seq":1}`],
    ['spaces', '{"seq": 1}'],
    ['members in another order', '{"seq":1,"at":5}'],
    ['members further down in another order', '{"a":[{"c":1,"b":2}],"seq":1}'],
    ['members in the order of their numbers', '{"a":{"9":1,"10":2},"seq":1}'],
    ['a number in another form', '{"a":1.0,"seq":1}'],
    ['a letter in another form', String.raw`{"a":"\u0062","seq":1}`],
    ['no number', '{"at":5}'],
    ['a number that is a text', '{"seq":"1"}'],
    ['a number that is none of ours', '{"seq":0}'],
    ['a number that JSON cannot hold', '{"seq":1,"x":1e999}'],
    ['too many levels', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"seq":1}`],
  ])('a row with the right hash of %s is refused', async (_, entry) => {
    expect(await fault(hashed(entry))).toBe(strange);
  });

  test('what is no export at all is refused by its first line', async () => {
    for (const text of ['\n', 'hello\n', '[]', '\0\0\0', '\uFEFFx', `${lines[0]?.slice(0, -1)}\r\n`])
      expect(await fault(text)).toBe(strange);
    expect(await fault(Uint8Array.of(0xff, 0xfe, 0x0a))).toBe(strange);
  });

  test('a line without end is not held in memory', async () => {
    async function* endless(): AsyncGenerator<Uint8Array, void> {
      const piece = Buffer.alloc(1024 * 1024, 'x');
      for (let sent = 0; sent < longestLine * 16; sent += piece.length) yield piece;
    }
    const before = process.memoryUsage().arrayBuffers;
    const parts = [{ name: 'log', bytes: endless() }];
    const { fault: found } = await verifyExport({ parts, checkpoints: undefined, keys: new Map() });
    expect(found).toMatchObject({ seq: 1, place: { file: 'log', line: 1 } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(longestLine * 4);
  });
});

test('parts of one export are read as one', async () => {
  const part = (name: string, from: number, to?: number) => {
    async function* bytes(): AsyncGenerator<Uint8Array, void> {
      yield Buffer.from(lines.slice(from, to).join(''));
    }
    return { name, bytes: bytes() };
  };
  const parts = [part('one', 0, 3), part('two', 3)];
  expect(await verifyExport({ parts, checkpoints: undefined, keys: new Map() })).toMatchObject({ rows: 7 });
  const turned = [part('two', 3), part('one', 0, 3)];
  expect(await verifyExport({ parts: turned, checkpoints: undefined, keys: new Map() })).toMatchObject({
    fault: { seq: 1, place: { file: 'two', line: 1 } },
  });
});
