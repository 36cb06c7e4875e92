import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gitEnvironment } from './git.ts';

interface Text {
  readonly where: string;
  readonly text: string;
}

interface Secret {
  readonly name: string;
  readonly value: string;
  /** The one answer that may hold it. */
  readonly shownIn: string | undefined;
}

/** Every secret that was ever typed or handed out, and every text in which none of them may be. */
export interface SecretLedger {
  /** A secret that somebody made up; no text may hold it. */
  readonly typed: (name: string) => string;
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
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('base64url').replace(/=+$/, ''),
  JSON.stringify(value).slice(1, -1),
];

export function secretLedger(): SecretLedger {
  const secrets: Secret[] = [];
  const texts: Text[] = [];
  return {
    typed: (name) => {
      // With characters that are written otherwise in addresses.
      const value = `canary-${secrets.length}-${randomUUID()}@x:y/z%`;
      secrets.push({ name, value, shownIn: undefined });
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
    heard: (where, text) => texts.push({ where, text }),
    count: () => secrets.length,
    leaks: () =>
      secrets.flatMap(({ name, value, shownIn }) => {
        const forms = formsOf(value);
        return texts
          .filter(({ where, text }) => where !== shownIn && forms.some((form) => text.includes(form)))
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
