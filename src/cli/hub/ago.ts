import { age } from '../age.ts';
import type { HubAccess } from '../hub-access.ts';

/** `5h`: how long ago a moment of the wire is, as kubectl writes an AGE; nothing where it has not come. */
export const ago = ({ clock }: Pick<HubAccess, 'clock'>, moment: string | null): string =>
  moment === null ? '' : age(Date.parse(moment) / 1000, clock() / 1000);
