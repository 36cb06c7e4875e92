import { ApiError } from '../../src/contract/api-error.ts';
import { sentence } from '../words/sentence.ts';

/** What went wrong, for a person: the server’s own words, and what to name when asking for help. */
export interface RefusalText {
  readonly message: string;
  readonly code: string | undefined;
  /** Under which the server’s log has it. */
  readonly incident: string | undefined;
  /** Whether asking again may help. */
  readonly retryable: boolean;
}

/** Says any error in one sentence. What is no answer of the server is a broken connection or a bug of this page. */
export function refusalText(error: unknown): RefusalText {
  if (error instanceof ApiError) {
    const { message, code, details, status } = error;
    const incident = details['incident'];
    return {
      message: sentence(message),
      code,
      incident: typeof incident === 'string' ? incident : undefined,
      retryable: status >= 500 || status === 429,
    };
  }
  // What `fetch` throws when nobody answers.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    const message = 'The hub cannot be reached. What you see may be old, and nothing was changed';
    return { message, code: undefined, incident: undefined, retryable: true };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { message: `This page failed: ${text}`, code: undefined, incident: undefined, retryable: true };
}
