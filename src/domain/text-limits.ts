import { type Verdict, allow, refuse } from './refusal/verdict.ts';

/** The longest texts that people may hand in, in UTF-16 units. */
export const textLimits = {
  justification: 4096,
  comment: 4096,
  note: 16_384,
  name: 200,
  field: 1024,
} as const;

export type LimitedText = keyof typeof textLimits;

/** Nothing but white space and characters that cannot be seen counts as empty. */
const isBlank = (text: string): boolean => /^[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u.test(text);

/** May the text be kept? Empty is fine here. A database keeps no NUL, and no person writes one. */
export function limitText(name: LimitedText, text: string): Verdict {
  if (text.length > textLimits[name])
    return refuse('text_too_long', { field: name, limit: textLimits[name] });
  return text.includes('\0') ? refuse('input_invalid', { reason: `${name} holds a NUL character` }) : allow;
}

/** The same for a text that has to say something. */
export function requireText(name: LimitedText, text: string | undefined): Verdict {
  if (text !== undefined && !isBlank(text)) return limitText(name, text);
  return name === 'justification'
    ? refuse('justification_required')
    : refuse('field_missing', { field: name });
}
