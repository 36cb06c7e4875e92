/** What stands at a path: text, bytes, an executable, a symbolic link or a submodule. */
export type FileLiteral =
  | string
  | Uint8Array
  | { readonly executable: string | Uint8Array }
  | { readonly link: string }
  | { readonly submodule: string };

/** A tree written down in a test: path → content. Lone surrogates U+DC80–U+DCFF in a path stand for raw bytes. */
export type FilesLiteral = Readonly<Record<string, FileLiteral>>;

/**
 * One commit written down in a test. `files` are changes to its parent (`null` deletes a file or a folder), or with
 * `whole` everything there is. `from` and `merge` are indexes into the history; without `from` the parent is the
 * commit before, on whatever branch that was. `author` and `committer` are `Name <address>`, `date` seconds since
 * 1970 in UTC.
 */
export interface CommitLiteral {
  readonly files?: Readonly<Record<string, FileLiteral | null>>;
  readonly whole?: boolean;
  readonly message?: string;
  readonly author?: string;
  readonly committer?: string;
  readonly date?: number;
  readonly branch?: string;
  readonly tag?: string;
  readonly from?: number;
  readonly merge?: number;
  readonly orphan?: boolean;
}

/** The date of the first commit (2026-01-01 00:00 UTC) and the seconds from one commit to the next. */
export const firstDate = 1_767_225_600;
export const dateStep = 60;

const bytesOf = (content: string | Uint8Array): Buffer => Buffer.from(content as Uint8Array);

/** A path as fast-import wants it when any byte may be odd: quoted, with octal escapes. */
function quoted(path: string): string {
  let text = '"';
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    const bytes = code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : Buffer.from(character);
    for (const byte of bytes) {
      const plain = byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
      text += plain ? String.fromCodePoint(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
    }
  }
  return `${text}"`;
}

const data = (content: string | Uint8Array): Buffer => {
  const bytes = bytesOf(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
};

function fileCommand(path: string, file: FileLiteral | null): Buffer[] {
  if (file === null) return [Buffer.from(`D ${quoted(path)}\n`)];
  if (typeof file === 'string' || file instanceof Uint8Array) {
    return [Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(file)];
  }
  if ('submodule' in file) return [Buffer.from(`M 160000 ${file.submodule} ${quoted(path)}\n`)];
  if ('link' in file) return [Buffer.from(`M 120000 inline ${quoted(path)}\n`), data(file.link)];
  return [Buffer.from(`M 100755 inline ${quoted(path)}\n`), data(file.executable)];
}

function commitCommand(commit: CommitLiteral, index: number, branch: string): Buffer[] {
  const date = `${commit.date ?? firstDate + index * dateStep} +0000`;
  const parent = commit.orphan || index === 0 ? undefined : (commit.from ?? index - 1);
  const head = [
    commit.orphan ? `reset refs/heads/${branch}` : undefined,
    `commit refs/heads/${branch}`,
    `mark :${index + 1}`,
    `author ${commit.author ?? 'Test <test@example.com>'} ${date}`,
    `committer ${commit.committer ?? 'Test <test@example.com>'} ${date}`,
  ];
  const links = [
    parent === undefined ? undefined : `from :${parent + 1}\n`,
    commit.merge === undefined ? undefined : `merge :${commit.merge + 1}\n`,
    commit.whole ? 'deleteall\n' : undefined,
  ];
  const given = (line: string | undefined) => line !== undefined;
  return [
    Buffer.from(`${head.filter(given).join('\n')}\n`),
    data(commit.message ?? `Commit ${index + 1}`),
    Buffer.from(links.filter(given).join('')),
    ...Object.entries(commit.files ?? {}).flatMap(([path, file]) => fileCommand(path, file)),
    Buffer.from('\n'),
    Buffer.from(commit.tag === undefined ? '' : `reset refs/tags/${commit.tag}\nfrom :${index + 1}\n\n`),
  ];
}

/** The input of `git fast-import` for a history; commit n gets mark n + 1. */
export function fastImportStream(history: readonly CommitLiteral[], branch: string): Buffer {
  return Buffer.concat(
    history.flatMap((commit, index) => commitCommand(commit, index, commit.branch ?? branch)),
  );
}
