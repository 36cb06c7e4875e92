import { Option } from 'commander';

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

/** An option that may be given more than once: a list, or nothing where it was not given. */
export const repeatedOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(collect);
