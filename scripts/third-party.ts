import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a bundled file came from, `node_modules/@scope/name`; undefined for our own files. */
const packageOf = (file: string): string | undefined =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

const mit = (holder: string): string => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The text under which a package may be passed on: a file of its own, or part of its readme. */
function licenceText(folder: string, { name, license, author }: Manifest): string {
  const files = readdirSync(folder);
  const own = files.find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (own !== undefined) return readFileSync(join(folder, own), 'utf8').trim();
  const readme = files.find((entry) => /^readme\.md$/i.test(entry));
  const text = readme === undefined ? '' : readFileSync(join(folder, readme), 'utf8');
  const [section] = /^#+ *licen[cs]e[^]*/im.exec(text) ?? [];
  if (section !== undefined && /permission/i.test(section)) return section.trim();
  // A package that names its licence and its author, and leaves the text to everybody's memory.
  const holder = typeof author === 'object' ? author.name : author;
  if (license === 'MIT' && holder !== undefined) return mit(holder);
  throw new Error(`${name} has no licence file`);
}

/** Name, version, licence and licence text of one bundled package. Without a text we must not ship it. */
function licenceOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  return `${name} ${version} (${license})\n\n${licenceText(folder, manifest)}\n`;
}

/** The licences of all packages that these bundled files are from; the files are named from `root`. */
export function thirdPartyText(root: string, files: readonly string[]): string {
  const folders = new Set(files.map(packageOf).filter((folder) => folder !== undefined));
  return [...folders]
    .toSorted()
    .map((folder) => licenceOf(join(root, folder)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}
