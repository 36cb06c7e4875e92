import type { RefusalKind } from '../domain/refusal/refusal.ts';
import { assertNever } from '../std/invariant.ts';

/** Every status with which the command line ends; documented in docs/errors.md. */
export const exitCode = {
  ok: 0,
  /** `diff` found differences. */
  different: 1,
  /** Tried and failed, or a bug. Not for comparing commands: see `exitCodeOf`. */
  failed: 1,
  /** The command or its input cannot be right; nothing was tried. */
  usage: 2,
  /** Nobody is signed in, or it is not allowed for whoever is. */
  forbidden: 4,
  /** Somebody else's change, or the present state, stands in the way. */
  conflict: 5,
  /** Saved, and waiting for an approval or, where that was asked for, for clusters. */
  pending: 8,
  /** Ctrl-C, or No to a question. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The exit code of a refusal. A comparing command (`diff`) keeps 1 for "they differ", as diff and kubectl do. */
export function exitCodeOf(kind: RefusalKind, comparing = false): ExitCode {
  switch (kind) {
    case 'usage':
    case 'invalid':
    case 'not_found':
    case 'too_large':
    case 'unprocessable':
      return exitCode.usage;
    case 'unauthenticated':
    case 'forbidden':
      return exitCode.forbidden;
    case 'wrong_state':
    case 'conflict':
      return exitCode.conflict;
    case 'limited':
    case 'unavailable':
    case 'failed':
      return comparing ? exitCode.usage : exitCode.failed;
    default:
      return assertNever(kind);
  }
}
