import { errorBody } from './error.ts';

/** An answer that is no success. `code` is stable and documented; `answer_malformed` means it was not our server. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds to wait before asking again, when the server said so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, error: ErrorParts, retryAfter?: number) {
    super(error.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = error.code;
    this.details = error.details ?? {};
    this.retryAfter = retryAfter;
  }
}

interface ErrorParts {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The error that a body describes; a body that is not ours (a proxy's page) gives `answer_malformed`. */
export function readError(status: number, body: string, retryAfter: string | null): ApiError {
  const seconds = retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = undefined;
  }
  const parsed = errorBody.safeParse(value);
  const error = parsed.success
    ? parsed.data.error
    : { code: 'answer_malformed', message: `the server answered ${status} without a reason` };
  return new ApiError(status, error, seconds);
}
