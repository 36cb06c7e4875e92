import { describe, expect, test } from 'vitest';
import { whyLinkRefused, whyPathRefused } from './tree-policy.ts';

describe('paths', () => {
  test.for([
    'a',
    'a/b.yaml',
    '.argocd/x',
    '.github/w.yml',
    'é/日本/😀',
    'a b',
    '*',
    '[a]',
    ':!x',
    '__proto__',
    'a.',
    '.gitignore',
  ])('%j is accepted', (path) => expect(whyPathRefused(path)).toBeUndefined());
  test.for([
    ['a\nb', 'control'],
    ['a\r', 'control'],
    ['a\u2028b', 'control'],
    ['a\u202eb', 'reorders'],
    ['a\udc80', 'UTF-8'],
    ['..\\x', 'backslash'],
    ['a//b', 'plain'],
    ['a/../b', 'plain'],
    ['/etc/passwd', 'plain'],
    ['a/.GIT/config', 'Git folder'],
    ['.g\u200cit/x', 'Git folder'],
    ['--upload-pack=x', 'option'],
    ['a/-rf', 'option'],
    ['é'.repeat(513), 'longer'],
    ['a/'.repeat(64) + 'a', 'deeper'],
  ] as const)('%j is refused', ([path, reason]) => expect(whyPathRefused(path)).toContain(reason));
});

describe('links', () => {
  test.for([
    ['a/b/link', '../c'],
    ['a/b/link', '../../c'],
    ['link', 'a/../b'],
    ['link', './x'],
  ] as const)('%s → %s stays inside', ([path, target]) =>
    expect(whyLinkRefused(path, target)).toBeUndefined(),
  );
  test.for([
    ['a/b/link', '../../../c', 'out of'],
    ['link', '..', 'out of'],
    ['a/link', 'x/../../../y', 'out of'],
    ['link', '/etc/passwd', 'absolute'],
    ['a/link', '../.git/config', 'Git folder'],
    ['link', '', 'plain'],
    ['link', 'a\nb', 'plain'],
  ] as const)('%s → %j is refused', ([path, target, reason]) =>
    expect(whyLinkRefused(path, target)).toContain(reason),
  );
});
