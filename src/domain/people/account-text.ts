import { textLimits } from '../text-limits.ts';
import { type Verdict, allow, demand, refuse } from '../refusal/verdict.ts';

/** Characters that nobody sees, with which one name could pass for another, or break a line. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const no = (reason: string): Verdict => refuse('input_invalid', { reason });

/** One spelling for each address, so that `Jane@Example.com` cannot be a second account beside jane@example.com. */
export const normalEmail = (text: string): string => text.normalize('NFC').toLowerCase();

/** May this address stand in accounts and, as an author, in commits? */
export function checkEmail(text: string): Verdict {
  if (text.length > 254) return refuse('text_too_long', { field: 'email', limit: 254 });
  if (unseen.test(text) || /[<>"\\]/.test(text)) return no('email: holds a character that is not allowed');
  return /^[^\s@]+@[^\s@]+$/.test(text) ? allow : no('email: is not an e-mail address');
}

/** May this be the name of an account, a token or a group? One visible line. */
export function checkName(field: string, text: string): Verdict {
  if (text.length > textLimits.name) return refuse('text_too_long', { field, limit: textLimits.name });
  if (text.trim() === '') return refuse('field_missing', { field });
  return unseen.test(text) ? no(`${field}: holds a character that cannot be seen`) : allow;
}

/** A name that somebody else chose, made fit: unseen characters and the too long tail are left out. */
export const fitName = (text: string): string =>
  text.replaceAll(new RegExp(unseen, 'gu'), '').trim().slice(0, textLimits.name).toWellFormed();

/** The address as it is kept. Throws what `checkEmail` says. */
export function requireEmail(text: string): string {
  const email = normalEmail(text);
  demand(checkEmail(email));
  return email;
}
