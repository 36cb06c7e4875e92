import { Option } from 'commander';
import { type Role, roles } from '../../domain/people/actor.ts';

/** A role as it is typed. */
export type RoleText = Role | 'none';

/** `--role`: which role an account has. */
export const roleOption = (): Option =>
  new Option('--role <role>', 'the role; none gives only what grants give').choices([...roles, 'none']);

/** The role that is meant; null is none. */
export const roleOf = (text: RoleText): Role | null => (text === 'none' ? null : text);
