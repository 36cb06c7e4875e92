import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { keepAlive } from './keep-alive.ts';
import { cannotRun, spawnGit } from './run-git.ts';
import type { GitPlace } from './run-git.ts';

/** What `git update-ref --stdin` said to one step: that it is done, or why it gave up. */
export type Step = { readonly ok: true } | { readonly ok: false; readonly stderr: string };

interface Waiting {
  readonly word: string;
  readonly resolve: (step: Step) => void;
  readonly reject: (error: Error) => void;
}

/** A long-lived `git update-ref --stdin`. Git exits at the first step that fails, so it is started anew after each. */
export class UpdateRef {
  readonly #place: GitPlace;
  readonly #reflogMessage: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #output = '';
  #stderr = '';
  #waiting: Waiting | undefined;

  constructor(place: GitPlace, reflogMessage: string) {
    this.#place = place;
    this.#reflogMessage = reflogMessage;
  }

  /** The process id of the child, started now if there is none. */
  get pid(): number | undefined {
    this.#child ??= this.#start();
    return this.#child.pid;
  }

  /** Locks the refs of these updates (each ends in NUL) and checks their old values. */
  prepare(updates: string): Promise<Step> {
    this.#child ??= this.#start();
    return this.#step(this.#child, `start\0${updates}prepare\0`, 'prepare');
  }

  /** Makes what was prepared true. When it fails, only the refs themselves know whether they moved. */
  async commit(): Promise<Step> {
    // A new child would gladly commit nothing at all and call it done.
    if (this.#child === undefined) return { ok: false, stderr: '' };
    return this.#step(this.#child, 'commit\0', 'commit');
  }

  /** Ends the child; an open transaction is dropped, its locks removed by git. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    keepAlive(child, true);
    child.stdin.end();
    await ended;
  }

  #step(child: ChildProcessWithoutNullStreams, commands: string, word: string): Promise<Step> {
    const { promise, resolve, reject } = Promise.withResolvers<Step>();
    this.#waiting = { word, resolve, reject };
    keepAlive(child, true);
    child.stdin.write(commands);
    return promise;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawnGit(this.#place, ['update-ref', '-z', '--stdin', '-m', this.#reflogMessage]);
    this.#output = '';
    this.#stderr = '';
    child.stdout.setEncoding('latin1').on('data', (text: string) => this.#hear(child, text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-8192);
    });
    // A dead child is noticed by its end, not by the pipe.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      this.#child = undefined;
      this.#settle()?.reject(cannotRun(error));
    });
    child.on('close', () => {
      if (child !== this.#child) return;
      this.#child = undefined;
      this.#settle()?.resolve({ ok: false, stderr: this.#stderr });
    });
    return child;
  }

  #hear(child: ChildProcessWithoutNullStreams, text: string): void {
    const lines = (this.#output + text).split('\n');
    this.#output = lines.pop() ?? '';
    if (!lines.includes(`${this.#waiting?.word}: ok`)) return;
    keepAlive(child, false);
    this.#settle()?.resolve({ ok: true });
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
