import type { Client, ClientOptions, Fetch } from '../contract/client.ts';
import type { Clock } from '../std/clock.ts';

/** An address of this machine at which a browser is awaited. */
export interface Landing {
  /** `http://127.0.0.1:PORT/`. */
  readonly address: string;
  /** Where the browser came; undefined when it did not within a quarter of an hour, or after `close`. */
  readonly arrival: Promise<URL | undefined>;
  readonly close: () => Promise<void>;
}

/** What commands on a server need besides a terminal. `bin` makes it of the real network, files and clock. */
export interface HubAccess {
  /**
   * Calls a server. It gives up after a time (a `TimeoutError`), follows no redirect, and reads no endless answer;
   * other errors are those of the platform's `fetch`.
   */
  readonly fetch: Fetch;
  /** Calls a server for an answer without end, which is read piece by piece. It follows no redirect. */
  readonly download: (
    url: string,
    headers: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly pieces: AsyncIterable<Uint8Array> }>;
  /** Seconds after which `fetch` gives up. */
  readonly patience: number;
  /** Brings the code of the typed client, which commands without a server do not wait for. */
  readonly loadClient: () => Promise<(options: ClientOptions) => Client>;
  /** A small text file, or undefined where there is none. */
  readonly readFile: (path: string) => Promise<string | undefined>;
  /** A file of any size, piece by piece. Throws what the system says when it cannot be read. */
  readonly readPieces: (path: string) => AsyncIterable<Uint8Array>;
  /** Writes a file, and the folders it is in, that nobody but its owner can read: the old text or the new, whole. */
  readonly writePrivateFile: (path: string, text: string) => Promise<void>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly clock: Clock;
  /** What people call this machine, to recognise its tokens by. */
  readonly machine: string;
  /** A new word that nobody can guess. */
  readonly newKey: () => string;
  /** A secret, and the SHA-256 of it as base64url, which may be shown. */
  readonly newProof: () => { readonly verifier: string; readonly challenge: string };
  /** Waits for a browser to come with what is expected; other requests are turned away. */
  readonly openLanding: (expects: (url: URL) => boolean) => Promise<Landing>;
  /** Tries to show a page in the browser of whoever sits here. Says nothing when it cannot. */
  readonly openBrowser: (url: string) => void;
}
