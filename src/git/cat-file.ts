import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { batchReplies } from './batch-replies.ts';
import type { BatchReply } from './batch-replies.ts';
import { isOid } from './encoded-object.ts';
import type { ObjectType } from './encoded-object.ts';
import { GitError, oneLine, reasonOf } from './git-error.ts';
import { keepAlive } from './keep-alive.ts';
import { cannotRun, runGit, spawnGit } from './run-git.ts';
import type { GitPlace } from './run-git.ts';

/** An object as git stores it. `content` is absent when only its type and size were asked for, or it is too large. */
export interface RawObject {
  readonly oid: Oid;
  readonly type: ObjectType;
  readonly size: number;
  readonly content: Buffer | undefined;
}

export interface CatFileOptions {
  /** Bytes above which a file's content is passed over. */
  readonly textLimit: number;
  /** Whether git may fetch what a partial clone left out. */
  readonly lazyFetch: boolean;
}

interface Question {
  readonly want: 'contents' | 'info';
  readonly oid: Oid;
  readonly resolve: (answer: RawObject) => void;
  readonly reject: (error: Error) => void;
  readonly again: boolean;
}

/** Milliseconds without an answer after which git is taken for stuck. */
const patience = 60_000;
/** Bytes of the largest tree, commit or tag that is read: a folder of more than a million files. */
const structureLimit = 64 * 1024 * 1024;

/**
 * One long-lived `git cat-file` behind a queue: what is asked in the same tick travels together. A child that dies is
 * replaced and asked again, and an object that kills it is refused alone. An idle child does not keep the process up.
 */
export class CatFile {
  readonly #place: GitPlace;
  readonly #options: CatFileOptions;
  #child: ChildProcessWithoutNullStreams | undefined;
  #unsent: Question[] = [];
  #sent: Question[] = [];
  #answered = 0;
  #crashes = 0;
  #closed = false;

  constructor(place: GitPlace, options: CatFileOptions) {
    this.#place = place;
    this.#options = options;
  }

  /**
   * The object with this full id. Rejects with `object_missing`, `object_corrupt`, or `git_failed` when git dies again
   * and again. Whether the bytes have that id is for the caller to check: git does not.
   */
  ask(want: 'contents' | 'info', oid: Oid): Promise<RawObject> {
    invariant(isOid(oid), 'objects are asked for by their full id');
    const { promise, resolve, reject } = Promise.withResolvers<RawObject>();
    this.#enqueue({ want, oid, resolve, reject, again: false });
    return promise;
  }

  /** The process id of the child, while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends the child; what is still unanswered is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    keepAlive(child, true);
    child.stdin.end();
    child.kill();
    await ended;
  }

  #enqueue(question: Question): void {
    this.#unsent.push(question);
    if (this.#unsent.length === 1) queueMicrotask(() => this.#send());
  }

  #send(): void {
    const questions = this.#unsent;
    if (this.#closed) return this.#rejectAll(closedEarly());
    this.#child ??= this.#start();
    keepAlive(this.#child, true);
    this.#unsent = [];
    this.#sent.push(...questions);
    this.#child.stdin.write(`${questions.map(({ want, oid }) => `${want} ${oid}\n`).join('')}flush\n`);
  }

  #start(): ChildProcessWithoutNullStreams {
    const args = ['cat-file', '--batch-command', '--buffer'];
    const child = spawnGit(this.#place, args, this.#environment());
    const replies = batchReplies(
      (type) => (type === 'blob' ? this.#options.textLimit : structureLimit),
      () => this.#sent[this.#answered]?.want === 'contents',
      (reply) => this.#answer(child, reply),
    );
    let stderr = '';
    const timer = setTimeout(() => {
      if (this.#sent.length > 0) child.kill('SIGKILL');
    }, patience).unref();
    child.stdout.on('data', (chunk: Buffer) => {
      timer.refresh();
      replies.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-8192);
    });
    // A dead child is noticed by its end, not by the pipe.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#rejectAll(cannotRun(error)));
    child.on('close', (status) => {
      clearTimeout(timer);
      if (child === this.#child) this.#ended(status, stderr);
    });
    return child;
  }

  #environment(): Record<string, string> {
    // Git before 2.45 does not know the first; without a protocol its fetch fails at once.
    return this.#options.lazyFetch ? {} : { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
  }

  #answer(child: ChildProcessWithoutNullStreams, reply: BatchReply): void {
    const question = this.#sent[this.#answered];
    if (question === undefined) return;
    this.#answered += 1;
    this.#crashes = 0;
    if (reply.missing) void this.#explainMissing(question);
    else question.resolve({ oid: question.oid, ...reply });
    if (this.#answered < this.#sent.length) return;
    this.#sent = [];
    this.#answered = 0;
    keepAlive(child, false);
  }

  #ended(status: number | null, stderr: string): void {
    this.#child = undefined;
    const open = this.#sent.slice(this.#answered);
    this.#sent = [];
    this.#answered = 0;
    if (this.#closed) {
      for (const { reject } of open) reject(closedEarly());
      return this.#rejectAll(closedEarly());
    }
    const [suspect, ...others] = open;
    if (suspect === undefined) return;
    // Git gives up at an object that it cannot unpack. It answers in order, so that is the first one left open.
    const refusal = status === null ? undefined : whyGitGaveUp(suspect.oid, stderr);
    if (refusal !== undefined) suspect.reject(refusal);
    else this.#crashes += 1;
    const reason = status === null ? 'it was killed twice in a row' : reasonOf(stderr);
    if (this.#crashes > 1)
      for (const { reject } of open) reject(new GitError('git_failed', { command: 'cat-file', reason }));
    else for (const question of refusal === undefined ? open : others) this.#enqueue(question);
  }

  #rejectAll(error: Error): void {
    const open = [...this.#sent.slice(this.#answered), ...this.#unsent];
    this.#sent = [];
    this.#answered = 0;
    this.#unsent = [];
    this.#child = undefined;
    for (const { reject } of open) reject(error);
  }

  /** `missing` also stands for an object with an unreadable header, and for one that came after the child started. */
  async #explainMissing(question: Question): Promise<void> {
    const { oid, again, reject } = question;
    try {
      const { status, stderr } = await runGit(this.#place, ['cat-file', '-t', oid], {
        env: this.#environment(),
      });
      const corrupt = /\berror: (?!.*promisor)/.test(stderr);
      if (status === 0 && !again) this.#enqueue({ ...question, again: true });
      else reject(corrupt ? corruption(oid, stderr) : new GitError('object_missing', { oid }));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

const closedEarly = (): GitError =>
  new GitError('git_failed', { command: 'cat-file', reason: 'it was closed' });

function whyGitGaveUp(oid: Oid, stderr: string): GitError | undefined {
  if (/promisor/.test(stderr)) return new GitError('object_missing', { oid });
  return /corrupt|unable to (stream|unpack|read)|cannot read|disappeared|inflate|delta/.test(stderr)
    ? corruption(oid, stderr)
    : undefined;
}

const corruption = (oid: Oid, stderr: string): GitError =>
  new GitError('object_corrupt', { oid, reason: oneLine(reasonOf(stderr)) });
