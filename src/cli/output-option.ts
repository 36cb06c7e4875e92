import { Option } from 'commander';

export type OutputFormat = 'json' | 'yaml' | 'wide' | 'name';

/**
 * The option `-o, --output` of a command, the same for all that print something: what people see, or all of it with
 * `wide`, and for programs JSON, YAML, or names alone where what is printed has some.
 */
export const outputOption = (...names: readonly 'name'[]): Option =>
  new Option('-o, --output <format>', 'print in another format').choices(['json', 'yaml', 'wide', ...names]);
