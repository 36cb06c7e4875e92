import { GitError, reasonOf } from './git-error.ts';
import type { GitPlace } from './run-git.ts';
import { cannotRun, spawnGit } from './run-git.ts';

export interface StreamOptions {
  readonly stdin?: Uint8Array | string;
  readonly env?: Readonly<Record<string, string>>;
}

// Longer items are cut: nothing that git lists is longer by right.
const longestItem = 1024 * 1024;

/**
 * The NUL-ended items that git prints, a batch at a time, as fast as they are taken. Who stops early stops git. Throws
 * `git_failed` when git ends with an error, after the items that came before it.
 */
export async function* streamGit(
  place: GitPlace,
  args: readonly string[],
  options: StreamOptions = {},
): AsyncGenerator<readonly Buffer[], void> {
  const child = spawnGit(place, args, options.env);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(cannotRun(error)));
    child.on('close', resolve);
  });
  // Read below; when the reader has gone nobody asks.
  ended.catch(() => undefined);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < 65_536) stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  try {
    let rest: Buffer = Buffer.of();
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      const items: Buffer[] = [];
      rest = cutItems(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), items);
      if (rest.length > longestItem) rest = rest.subarray(0, longestItem);
      if (items.length > 0) yield items;
    }
    const status = await ended;
    if (status !== 0) throw new GitError('git_failed', { command: args[0] ?? '', reason: reasonOf(stderr) });
  } finally {
    child.kill('SIGTERM');
  }
}

/** Moves the whole items of `bytes` into `items` and returns the beginning of the next. */
function cutItems(bytes: Buffer, items: Buffer[]): Buffer {
  let start = 0;
  for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
    items.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return bytes.subarray(start);
}
