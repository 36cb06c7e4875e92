import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { apiPage } from '../scripts/api-page.ts';
import { cliPage } from '../scripts/cli-page.ts';
import { errorsPage } from '../scripts/errors-page.ts';
import { schemaFiles } from '../scripts/schema-files.ts';
import { recordTour, withTour } from '../scripts/tour/readme-tour.ts';
import { ownFiles, root } from './kit/fresh-clone.ts';

const files = ownFiles().map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
const typescript = files.filter(({ file }) => /\.tsx?$/.test(file));
const pages = files.filter(({ file }) => file.endsWith('.md'));

/** `file:line: text` for each match, so that a failure says where to look. */
const matches = (among: readonly { file: string; text: string }[], pattern: RegExp): string[] =>
  among.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );

// The examples below carry a `~`, so that this file does not match its own patterns.
const switchedOff = /\b(?:it|test|describe|suite)\.(?:skip|todo|only|skipIf|runIf|fails)\b/;
const silenced = /@ts[-](?:ignore|expect-error|nocheck)|(?:oxlint|eslint)-(?:disable)/;
const untyped = /(?::|\bas|<) ?any\b(?! [a-z])/;
const registryHost = /\b(?:registry|npm)\.[\w-]+\.(?:org|com|net|dev)\b|npmjs[.](?:org|com)|yarnpkg[.]com/;
const machinePath = /(?:^|[\s"'`(=:])\/(?:work|root|home|Users|private)\/[\w.]/;

test('no test is switched off in its source; one that cannot run here says why with context.skip(reason)', () => {
  expect(matches(typescript, switchedOff)).toEqual([]);
  expect(matches(typescript, /context\.skip\(\)|\.skip\(true\)/)).toEqual([]);
});

test('no type error or lint error is silenced', () => {
  expect(matches(typescript, silenced)).toEqual([]);
  expect(matches(typescript, untyped)).toEqual([]);
});

test('no tracked file names the host of a package registry or a path of somebody’s machine', () => {
  expect(matches(files, registryHost)).toEqual([]);
  expect(matches(files, machinePath)).toEqual([]);
});

test('the patterns notice what they are for', () => {
  for (const [pattern, line] of [
    [switchedOff, "test~.skip('x', () => {});"],
    [switchedOff, "it~.only('x')"],
    [silenced, '// @ts~-ignore'],
    [silenced, '// oxlint~-disable-next-line'],
    [untyped, 'const a:~ any = 1;'],
    [untyped, 'a as~ any;'],
    [registryHost, 'https://registry~.example.org/x'],
    [machinePath, 'see "/~home/jane/x"'],
  ] as const) {
    expect(line).not.toMatch(pattern);
    expect(line.replace('~', '')).toMatch(pattern);
  }
});

test('every file of the pure rooms that does something has a test beside it', async () => {
  const pure = typescript.filter(
    ({ file }) => /^src\/(?:tree|domain|delivery)\//.test(file) && !/\.test(?:-kit)?\.ts$/.test(file),
  );
  const untested: string[] = [];
  for (const { file } of pure) {
    if (existsSync(join(root, file.replace(/\.ts$/, '.test.ts')))) continue;
    // Types leave nothing when they are stripped, and a table of values is tested by what reads it.
    const exported = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    if (Object.values(exported).some((value) => typeof value === 'function')) untested.push(file);
  }
  expect(untested).toEqual([]);
});

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

test('every link in a page leads to a file and a heading that exist', () => {
  const broken = pages.flatMap(({ file, text }) =>
    [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#', 2);
        const target = path === '' ? join(root, file) : join(root, dirname(file), path);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsIn(readFileSync(target, 'utf8')).includes(anchor);
      })
      .map((link) => `${file}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('the pages made from the code are what npm run docs writes', () => {
  expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(errorsPage());
  expect(readFileSync(join(root, 'docs/api.md'), 'utf8')).toBe(apiPage());
  expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(cliPage());
  for (const [path, text] of schemaFiles()) expect(readFileSync(join(root, 'docs', path), 'utf8')).toBe(text);
});

test('the tour in README.md is what its commands print', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme).toBe(withTour(readme, recordTour()));
});
