import { Option } from 'commander';

const asTyped = (value: string): unknown => value;

/** An option that may be given more than once: a list, each item read by itself, or nothing where it was not given. */
export function repeatedOption(
  flags: string,
  description: string,
  read: (value: string) => unknown = asTyped,
): Option {
  const collect = (value: string, all: readonly unknown[] | undefined): readonly unknown[] => [
    ...(all ?? []),
    read(value),
  ];
  return new Option(flags, description).argParser(collect);
}
