import { Option } from 'commander';
import { sharedChoices } from '../domain/plan/shared-choice.ts';

/** What becomes of shared values that changed since the target. */
export const sharedOption = (): Option =>
  new Option(
    '--shared <choice>',
    'changed shared values: pin them here as they were (default for a whole tenant-environment), include them for everybody, or leave them',
  ).choices(sharedChoices);

/** The older way to say `--shared include`. */
export const includeSharedOption = (): Option =>
  new Option('--include-shared', 'restore shared files too, for everybody who reads them').conflicts([
    'field',
    'shared',
  ]);
