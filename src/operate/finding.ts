/** What the doctor found out about one thing. What is not `ok` says what to do next. */
export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly about: string;
  readonly next: string;
}

export const fine = (check: string, about: string): Finding => ({ check, status: 'ok', about, next: '' });
export const warning = (check: string, about: string, next: string): Finding => ({
  check,
  status: 'warn',
  about,
  next,
});
export const failure = (check: string, about: string, next: string): Finding => ({
  check,
  status: 'fail',
  about,
  next,
});

/** The words of an error on one line. */
export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 300);
