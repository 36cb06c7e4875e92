import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gitEnvironment } from './git.ts';

interface Text {
  readonly where: string;
  readonly text: string;
}

type Place = string | RegExp;

interface Secret {
  readonly name: string;
  readonly value: string;
  /** The one answer that may hold it, or what those places are called that may. */
  readonly shownIn: Place | undefined;
}

/** Every secret that was ever typed or handed out, and every text in which none of them may be. */
export interface SecretLedger {
  /** A secret that somebody made up; no text may hold it, but those in which it is kept. */
  readonly typed: (name: string, keptIn?: RegExp) => string;
  /** The same, where not everything can be a secret. */
  readonly known: (name: string, value: string) => string;
  /** A secret that the server made and showed in the text of this name. */
  readonly shown: (name: string, value: string, shownIn: string) => string;
  readonly heard: (where: string, text: string) => void;
  readonly count: () => number;
  /** `secret in place`, for each that is where it must not be. */
  readonly leaks: () => readonly string[];
}

/** The forms in which a careless hand would write a text down. */
const formsOf = (value: string): readonly string[] => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString('hex'),
  ...[0, 1, 2].flatMap((before) => {
    const form = base64Of(value, before);
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  }),
  JSON.stringify(value).slice(1, -1),
];

/** What of it is the same in base64 whatever stands around it, behind so many bytes: Basic has a name before it. */
function base64Of(value: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(Math.ceil((before * 4) / 3));
}

const canary = 'canary-';
/** One of these is in every text that holds a secret which somebody made up: the others need no closer look. */
const marks = formsOf(canary);

const isPlace = (where: string, place: Place | undefined): boolean =>
  place instanceof RegExp ? place.test(where) : where === place;

export function secretLedger(): SecretLedger {
  const secrets: Secret[] = [];
  const texts: (Text & { readonly marked: boolean })[] = [];
  return {
    typed: (name, keptIn) => {
      // With characters that are written otherwise in addresses.
      const value = `${canary}${secrets.length}-${randomUUID()}@x:y/z%`;
      secrets.push({ name, value, shownIn: keptIn });
      return value;
    },
    known: (name, value) => {
      secrets.push({ name, value, shownIn: undefined });
      return value;
    },
    shown: (name, value, shownIn) => {
      secrets.push({ name, value, shownIn });
      return value;
    },
    heard: (where, text) => {
      texts.push({ where, text, marked: marks.some((mark) => text.includes(mark)) });
    },
    count: () => secrets.length,
    leaks: () =>
      secrets.flatMap(({ name, value, shownIn }) => {
        const forms = formsOf(value);
        const marked = value.startsWith(canary);
        return texts
          .filter((text) => (text.marked || !marked) && !isPlace(text.where, shownIn))
          .filter(({ text }) => forms.some((form) => text.includes(form)))
          .map(({ where }) => `${name} in ${where}`);
      }),
  };
}

/** Every file below a folder as text, byte for byte a character, and every object of the repositories in it. */
export function filesBelow(folder: string): readonly Text[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ where: `file ${path.slice(folder.length)}`, text: bytesOf(path) }));
  const repositories = entries.filter(
    (entry) => entry.isDirectory() && basename(entry.name).endsWith('.git'),
  );
  return [
    ...files,
    ...repositories.map((entry) => ({
      where: `objects of ${entry.name}`,
      text: objectsOf(join(entry.parentPath, entry.name)),
    })),
  ];
}

// Secrets are ASCII, so any bytes beside them may be read as anything.
const bytesOf = (path: string): string => readFileSync(path, 'latin1');

const objectsOf = (repository: string): string =>
  execFileSync('git', ['cat-file', '--batch', '--batch-all-objects'], {
    cwd: repository,
    env: { ...process.env, ...gitEnvironment },
    maxBuffer: 2 ** 28,
    encoding: 'latin1',
  });
