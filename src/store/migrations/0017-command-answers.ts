import type { Migration } from './migration.ts';

/** What an agent answered to a command that asks for something, until whoever asked has read it. */
export const commandAnswers: Migration = {
  name: '0017-command-answers',
  statements: `
alter table cluster_commands add column answer text;
`,
};
