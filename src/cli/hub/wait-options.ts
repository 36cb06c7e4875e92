import type { Command } from 'commander';
import { countOption } from '../limit-option.ts';

/** `--wait` and `--timeout`: stay until a request has come to its end, in its clusters too. */
export const addWaitOptions = (command: Command): Command =>
  command
    .option('--wait', 'wait until it is completed and verified in its clusters, or cannot be any more')
    .addOption(countOption('--timeout <seconds>', 'with --wait: how long at most'));
