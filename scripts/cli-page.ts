import type { Command } from 'commander';
import { recordingTerminal } from '../test/kit/recording-terminal.ts';
import { commands } from '../src/bin/commands.ts';
import { hubAccess } from '../src/bin/hub-access.ts';
import { buildProgram } from '../src/cli/program.ts';

const COLUMNS = 100;

/** Commands that do something, each with its words: `layout detect`, not `layout`. */
const leaves = (command: Command, words: readonly string[] = []): (readonly [string, Command])[] =>
  command.commands.length === 0
    ? [[words.join(' '), command]]
    : command.commands.flatMap((below) => leaves(below, [...words, below.name()]));

/** The text of docs/cli.md: every command's own help, as its definition gives it. */
export function cliPage(): string {
  const terminal = recordingTerminal({ columns: COLUMNS });
  const program = buildProgram({ terminal, version: '', hub: hubAccess, finish: () => {} }, commands);
  const shown = (command: Command): string => {
    const before = terminal.output().length;
    command.outputHelp();
    return terminal.output().slice(before).trimEnd();
  };
  const sections = leaves(program).map(([words, command]) => {
    const anchor = `## knowngood ${words}`;
    return `${anchor}\n\n\`\`\`text\n${shown(command)}\n\`\`\`\n`;
  });
  return `# The command line

<!-- Written by \`npm run docs\` from the commands' definitions. Do not edit. -->

Data goes to stdout; previews before a question, progress, notes and errors go to stderr. \`-o json\` and \`-o yaml\`
print a stable form for programs, ask nothing, and report errors as \`{"error": {"code", "message", "details"}}\`.
Without a terminal \`rollback\` and \`undo\` commit only with \`--yes\`, \`-o json\` or \`-o yaml\`. Colours are left out
where \`NO_COLOR\` is set or stdout is no terminal. Exit codes are explained in [errors.md](errors.md).

\`login\` keeps a token and the address of a server as a *context*, in \`KNOWNGOOD_CONFIG\`, or else in
\`knowngood/config.json\` below \`XDG_CONFIG_HOME\` or \`~/.config\`, for its owner's eyes only. \`KNOWNGOOD_SERVER\`,
\`KNOWNGOOD_TOKEN\` and \`KNOWNGOOD_PROJECT\` stand in for what a context says; options win over both. Commands that
exist in both worlds (\`history\`, \`diff\`, \`fields\`, \`rollback\`, \`undo\`) act on a repository here with \`--repo\`,
and on a project of a server with \`--project\`; with neither, on the project of the current context where it has one,
and otherwise on the repository of the current folder.

\`\`\`text
${shown(program)}
\`\`\`

${sections.join('\n')}`;
}
