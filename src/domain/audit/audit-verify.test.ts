import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditBeginning, auditChainText } from './audit-chain.ts';
import type { AuditDraft, AuditRow } from './audit-entry.ts';
import { type AuditCheck, auditFaultText, verifyChain } from './audit-verify.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const draft = (details: AuditDraft['details'] = {}): AuditDraft => ({
  at: 1_750_000_000_000,
  actor: {
    personId: 'usr_1',
    accountId: 'usr_1',
    name: 'Jane',
    email: 'jane@example.com',
    credential: { kind: 'session', id: 'ses_1' },
  },
  action: 'request.approved',
  object: { type: 'request', id: 'rbk-1' },
  projectId: 'prj_1',
  requestId: 'rbk-1',
  flags: [],
  details,
});

/** The rows that the writer makes of some drafts. */
function chain(drafts: readonly AuditDraft[]): AuditRow[] {
  const rows: AuditRow[] = [];
  for (const [index, entry] of drafts.entries()) {
    const prev = rows.at(-1)?.hash ?? auditBeginning;
    const numbered = { ...entry, seq: index + 1 };
    rows.push({ entry: numbered, prev, hash: hash(auditChainText(prev, numbered)) });
  }
  return rows;
}

const ten = chain(Array.from({ length: 10 }, (_, index) => draft({ index })));
const fault = (rows: readonly AuditRow[], check: Partial<AuditCheck> = {}): string | undefined => {
  const report = verifyChain(rows, { hash, ...check });
  return report.fault && auditFaultText(report.fault);
};
const replaced = (at: number, row: (old: AuditRow) => AuditRow): AuditRow[] =>
  ten.map((old, index) => (index === at ? row(old) : old));

test('the hashes of the first rows never change between versions', () => {
  expect(
    chain([draft(), draft({ b: [1, null, 'ü\ud800'], a: { z: true, 10: 1, 9: 2 } })]).map((row) => row.hash),
  ).toEqual([
    '5906d6c0af4a6271ea37aa60da594dd372f8707f377511caeeec7c8360cdc1af',
    'a205eef7eae66fc31d48cd555a5050c28675f20477b41fbb55b655f4b54de38a',
  ]);
});

test('an untouched chain is in order', () => {
  expect(verifyChain(ten, { hash })).toEqual({
    rows: 10,
    head: { seq: 10, hash: ten[9]!.hash },
    fault: undefined,
  });
  expect(verifyChain([], { hash })).toEqual({
    rows: 0,
    head: { seq: 0, hash: auditBeginning },
    fault: undefined,
  });
});

test('the verifier, which shares no code with the writer, agrees with it on every entry', () => {
  const details = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 4 });
  fc.assert(
    fc.property(fc.array(details, { minLength: 1, maxLength: 4 }), (all) => {
      const rows = chain(all.map((each) => draft(each as AuditDraft['details'])));
      // As they come back from a database or an export.
      const read = rows.map((row) => JSON.parse(JSON.stringify(row)) as AuditRow);
      expect(fault(read)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('names that mean something to JavaScript are names like others', () => {
  const details = JSON.parse('{"__proto__":{"x":1},"constructor":2,"10":3,"9":{"__proto__":4}}') as object;
  expect(fault(chain([draft({ ...details }), draft(details as AuditDraft['details'])]))).toBeUndefined();
});

describe('a row that was', () => {
  test('altered is named, wherever it stands', () => {
    for (const at of [0, 4, 9]) {
      const changed = replaced(at, (row) => ({ ...row, entry: { ...row.entry, at: row.entry.at + 1 } }));
      expect(fault(changed)).toBe(`row ${at + 1} was altered`);
      expect(verifyChain(changed, { hash }).rows).toBe(at);
    }
  });

  test('altered in any bit of its hashes is named', () => {
    const flip = (text: string, at: number, bit: number): string =>
      text.slice(0, at) + ((Number.parseInt(text[at]!, 16) ^ bit) >>> 0).toString(16) + text.slice(at + 1);
    for (let at = 0; at < 64; at += 1) {
      for (const bit of [1, 2, 4, 8]) {
        expect(fault(replaced(4, (row) => ({ ...row, hash: flip(row.hash, at, bit) })))).toBe(
          'row 5 was altered',
        );
        expect(fault(replaced(4, (row) => ({ ...row, prev: flip(row.prev, at, bit) })))).toBe(
          'row 5 was altered',
        );
      }
    }
  });

  test('altered in any bit of what it says is named, if it can still be read', () => {
    const bytes = Buffer.from(JSON.stringify(ten[4]!.entry));
    const read = (text: string): AuditRow['entry'] | undefined => {
      try {
        return JSON.parse(text) as AuditRow['entry'];
      } catch {
        return undefined;
      }
    };
    let changed = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)));
      const entry = read(Buffer.from(flipped).toString());
      if (entry === undefined) continue;
      changed += 1;
      // With another number it stands elsewhere; then the first that is wrong may be a place before or after it.
      const said = fault([{ ...ten[4]!, entry }, ten[5]!], { after: { seq: 4, hash: ten[3]!.hash } });
      expect(said).toMatch(/^row [1-9]\d* (was altered|is missing|stands in the wrong place)$/);
    }
    expect(changed).toBeGreaterThan(bytes.length);
  });

  test('altered together with its hash breaks the link to the next', () => {
    const forged = replaced(4, (row) => {
      const entry = { ...row.entry, flags: ['break_glass'] as const };
      return { entry, prev: row.prev, hash: hash(auditChainText(row.prev, entry)) };
    });
    expect(fault(forged)).toBe('row 6 does not continue the row before it');
  });

  test('taken out is missing', () => {
    for (const at of [0, 4]) expect(fault(ten.toSpliced(at, 1))).toBe(`row ${at + 1} is missing`);
  });

  test('moved or repeated stands in the wrong place', () => {
    const swapped = ten.with(3, ten[4]!).with(4, ten[3]!);
    expect(fault(swapped)).toBe('row 4 stands in the wrong place');
    expect(fault(ten.toSpliced(5, 0, ten[4]!))).toBe('row 5 stands in the wrong place');
  });

  test('given another number is altered, not renumbered', () => {
    const renumbered = ten.toSpliced(4, 1).map((row, index) => ({
      ...row,
      entry: { ...row.entry, seq: index + 1 },
    }));
    expect(fault(renumbered)).toBe('row 5 was altered');
  });
});

describe('with a link that is known from elsewhere', () => {
  test('a tail that was cut off is missing', () => {
    const known = [{ seq: 10, hash: ten[9]!.hash }];
    expect(fault(ten.slice(0, 8))).toBeUndefined();
    expect(fault(ten.slice(0, 8), { known })).toBe('row 9 is missing');
    expect(fault(ten, { known })).toBeUndefined();
  });

  test('a chain that was written anew is found', () => {
    const rewritten = chain(Array.from({ length: 10 }, (_, index) => draft({ index: index + 1 })));
    expect(fault(rewritten)).toBeUndefined();
    expect(fault(rewritten, { known: [{ seq: 6, hash: ten[5]!.hash }] })).toBe(
      'row 6 is not the one that was signed; the log was rewritten',
    );
  });

  test('a part can be checked by itself', () => {
    const after = { seq: 5, hash: ten[4]!.hash };
    expect(fault(ten.slice(5), { after })).toBeUndefined();
    expect(fault(ten.slice(5), { after: { ...after, hash: auditBeginning } })).toBe(
      'row 6 does not continue the row before it',
    );
  });
});
