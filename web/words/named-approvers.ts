import type { ApproversRef } from '../../src/contract/primitives.ts';
import { approversText } from '../../src/domain/request/approvers-text.ts';

/** `jane, bob and 3 more`: who can approve, by the names that people go by. */
export const namedApprovers = ({ people, ...rest }: ApproversRef, last: 'and' | 'or'): string =>
  approversText({ names: people.map(({ name }) => name), ...rest }, last);
