import type { Command } from 'commander';
import { addWaitOptions } from '../hub/wait-options.ts';

/** Those of them that mean nothing on a server, and nothing but there. */
export const commitOptions = ['push', 'signWith'] as const;
export const requestOptions = ['wait', 'timeout', 'breakGlass', 'dryRunServer'] as const;

/** What `--render` adds to a preview. */
export const renderAbout =
  'show the Kubernetes objects that would change, too, as kustomize and helm render them (takes seconds)';

/** The options of every command that ends in a commit. */
export const addCarryOutOptions = (command: Command): Command =>
  addWaitOptions(command)
    .option('-m, --message <text>', 'why; it goes into the commit')
    .option('--dry-run', 'show what would change and stop')
    .option(
      '--dry-run-server',
      'on a server: like --dry-run, and ask the clusters by dry run what they would say to the objects',
    )
    .option('--render', renderAbout)
    .option('-y, --yes', 'do not ask')
    .option('--break-glass', 'on a server: let your open break-glass session bypass the approvals')
    .option('--push', 'push the commit to the upstream')
    .option('--allow-delete', 'go on although a service would be deleted')
    .option('--sign-with <key>', 'sign the commit with this SSH key');
