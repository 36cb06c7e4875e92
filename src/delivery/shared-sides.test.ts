import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { makeLayout } from '../domain/layout/layout.ts';
import { type SharedSides, decideSides } from './shared-sides.ts';
import { loadTexts, textOf, treeTexts } from './tree-texts.ts';
import { deliveryFault } from './variable.ts';

const place = { tenant: 'acme', environment: 'production', service: 'web' };
const pin = { service: 'web', name: 'read', reason: 'it was decided' };

/** What is decided between two texts of one file; `~` in it cannot be told, and `!` cannot be read. */
function decided(past: string, after: string) {
  const trees = memoryTrees();
  const sides: SharedSides = {
    layout: makeLayout([{ path: '{tenant}/{environment}/{service}/**' }]),
    place,
    after: treeTexts(trees.tree({ 'base.yaml': after })),
    past: treeTexts(trees.tree({ 'base.yaml': past })),
  };
  return trees.run(
    decideSides(
      sides,
      function* (tree, notes) {
        yield* loadTexts(tree, { files: ['base.yaml'], folders: [] });
        notes.files.add('base.yaml');
        const text = textOf(tree, 'base.yaml') ?? '';
        if (text.includes('~')) notes.unknown.push('it is somewhere else');
        if (text.includes('!')) throw deliveryFault({ file: 'base.yaml', line: 1 }, 'is odd');
        return text;
      },
      (now, was) => ({ pins: [], unpinned: [{ ...pin, name: `${was}${now}` }] }),
    ),
  );
}

test('two sides are decided where they were read from different files', () => {
  expect(decided('a', 'b').unpinned).toEqual([{ ...pin, name: 'ab' }]);
  expect(decided('a', 'a')).toEqual({ pins: [], unpinned: [] });
  expect(decided('~', '~')).toEqual({ pins: [], unpinned: [] });
});

test('what cannot be told, or read, is said and nothing is decided', () => {
  expect(decided('~', 'b').unpinned).toMatchObject([{ service: 'web', reason: 'it is somewhere else' }]);
  expect(decided('a', '!').unpinned).toMatchObject([{ reason: 'base.yaml:1: is odd' }]);
});
