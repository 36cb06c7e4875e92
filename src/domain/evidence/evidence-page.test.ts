import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidencePage } from './evidence-page.ts';
import { evidenceSaying } from './evidence.test-kit.ts';
import { NOON, requestOf } from '../request/request.test-kit.ts';

test('the page has who, why, what, policy, reviews, break-glass, commit and audit', async () => {
  const page = evidencePage(evidenceSaying('Bad image tag'));
  await expect(page).toMatchFileSnapshot('../../../test/golden/evidence-full.txt');
});

test('a request that is still open says so, without empty sections', async () => {
  const page = evidencePage({
    request: requestOf({
      error: {
        code: 'scope_moved',
        message: 'it moved',
        retryable: true,
        paths: [],
        at: NOON,
      },
    }),
    project: 'shop',
    needed: 1,
    counted: 0,
    session: undefined,
    change: 'object 1234 is missing from the repository; run: git fsck',
    commit: undefined,
    audit: [],
    generatedAt: NOON,
  });
  await expect(page).toMatchFileSnapshot('../../../test/golden/evidence-open.txt');
});

test('what became of the commit and the session is told even when they are gone', () => {
  const full = evidenceSaying('x');
  const page = evidencePage({ ...full, commit: undefined, session: undefined });
  expect(page).toContain(`\`${'a'.repeat(40)}\`, which is not in the repository any more.`);
  expect(page).toContain('Session `bgs-1` was used.');
});

/** The page as CommonMark reads it, with every piece of code taken out. */
function skeleton(page: string): string {
  const lines: string[] = [];
  let closes: RegExp | undefined;
  for (const line of page.split('\n')) {
    const [, ticks] = /^(`{3,})[a-z]+$/.exec(line) ?? [];
    if (closes === undefined && ticks !== undefined) closes = new RegExp(`^ {0,3}\`{${ticks.length},} *$`);
    else if (closes === undefined) lines.push(line.replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|–/g, '…'));
    else if (closes.test(line)) closes = undefined;
  }
  return lines.join('\n');
}

// prettier-ignore
const parts = [
  '`', '```', '\n', '\r', '\n\n', '|', '\\', ' ', '# ', '- ', '[a](https://example.com)', '<b>', '<!--', '&#64;',
  'https://example.com', 'a@example.com', '\u2028', '\u202e', '\0', '~~~', '***', '\t', 'x', '\udc80',
];
const nasty = fc.string({ unit: fc.constantFrom(...parts), maxLength: 12 });

test('nothing that a person writes becomes a line, a mark or a link of the page', () => {
  const plain = skeleton(evidencePage(evidenceSaying('x')));
  expect(plain).not.toContain('x`');
  expect(plain.split('\n').filter((line) => line.startsWith('|')).length).toBe(8);
  fc.assert(
    fc.property(nasty, (text) => {
      const page = evidencePage(evidenceSaying(text));
      expect(skeleton(page)).toBe(plain);
      // A table is split at its bars before code is looked for.
      for (const row of page.split('\n').filter((line) => line.startsWith('| ')))
        expect(skeleton(row).match(/\|/g)?.length).toBe(row.match(/\|/g)?.length);
    }),
    { numRuns: 500 },
  );
});
