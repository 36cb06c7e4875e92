import { expect, test } from 'vitest';
import { commentLines, commentStart, extentEnd } from './extent.ts';
import { readText } from './field-text.ts';
import { createInterner } from './node-builder.ts';

const text = '# head\n\n# about a\n# more\na:\n  x: 1 # e\n\n  # inside\n\n# about b\nb: 1\n   # deep\nc: 1';
const read = readText(text, createInterner());
const root = read.kind === 'read' ? read.read.documents[0]?.root.node : undefined;
const entries = root && 'children' in root ? root.children : [];
const extents = (others: string): readonly string[] =>
  entries.map((entry) => text.slice(commentStart(text, entry, commentLines(others)), extentEnd(text, entry)));

test('an entry reaches from its comments to the comments inside it', () => {
  expect(extents('')).toEqual([
    '# about a\n# more\na:\n  x: 1 # e\n\n  # inside',
    '# about b\nb: 1\n   # deep',
    'c: 1',
  ]);
});

test('a comment that the other text has is nobody’s own', () => {
  expect(extents('  # about a\n# about b\n')[0]).toMatch(/^# more\n/);
  expect(extents('# about b\n')[1]).toMatch(/^b: 1/);
});
