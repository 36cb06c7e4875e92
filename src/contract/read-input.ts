import type { z } from 'zod';

/** One thing that is wrong with an input, and where: `policy.approvals`, `selectedFields[2]`. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

export type InputReading<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly InputIssue[] };

const LIMIT_ISSUES = 20;
const LIMIT_TEXT = 300;

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');

function messageOf(issue: z.core.$ZodIssue): string {
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const text = missing ? 'is required' : issue.message;
  return text.slice(0, LIMIT_TEXT);
}

/** Reads a value of a request by its schema. The issues never repeat the value itself, which may be a secret. */
export function readInput<T>(schema: z.ZodType<T>, value: unknown): InputReading<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues = parsed.error.issues
    .slice(0, LIMIT_ISSUES)
    .map((issue) => ({ path: pathOf(issue.path).slice(0, LIMIT_TEXT), message: messageOf(issue) }));
  return { ok: false, issues };
}

/** One line for a person. */
export const issueText = ({ path, message }: InputIssue): string =>
  path === '' ? message : message === 'is required' ? `${path} is required` : `${path}: ${message}`;
