import type { Command } from 'commander';
import { countOption } from '../limit-option.ts';

/** `--wait` and `--timeout`: stay until a request has come to its end. */
export const addWaitOptions = (command: Command): Command =>
  command
    .option('--wait', 'wait until it is completed, or cannot be any more')
    .addOption(countOption('--timeout <seconds>', 'with --wait: how long at most'));
