import { InvalidArgumentError, Option } from 'commander';

function readCount(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

/** An option that is a whole number above 0. */
export const countOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(readCount);

/** `-n, --limit`: how many rows of a list are asked for. */
export const limitOption = (usual: number): Option =>
  countOption('-n, --limit <rows>', 'how many rows').default(usual);
