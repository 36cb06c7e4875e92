import type { Command } from 'commander';

/** The options of every command that ends in a commit. */
export const addCarryOutOptions = (command: Command): Command =>
  command
    .option('-m, --message <text>', 'why; it goes into the commit')
    .option('--dry-run', 'show what would change and stop')
    .option('-y, --yes', 'do not ask')
    .option('--push', 'push the commit to the upstream')
    .option('--allow-delete', 'go on although a service would be deleted')
    .option('--sign-with <key>', 'sign the commit with this SSH key');
