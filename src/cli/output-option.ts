import { Option } from 'commander';

export type OutputFormat = 'json' | 'yaml' | 'wide' | 'name';

/** The option `-o, --output` of a command that can print in these formats besides the usual table or text. */
export const outputOption = (...formats: readonly OutputFormat[]): Option =>
  new Option('-o, --output <format>', 'print in another format').choices(formats);
