import { Argument, type Command, type Option } from 'commander';
import type { AddCommand } from './program.ts';

/** One command as a shell completes it: its words, as in `layout detect`, and what may follow. */
interface Completed {
  readonly words: readonly string[];
  readonly subcommands: readonly Command[];
  readonly options: readonly Option[];
}

/** The command itself and all below it. */
const describe = (command: Command, words: readonly string[] = []): Completed[] => [
  { words, subcommands: command.commands, options: command.createHelp().visibleOptions(command) },
  ...command.commands.flatMap((below) => describe(below, [...words, below.name()])),
];

const flagsOf = ({ short, long }: Option): string[] => [short, long].filter((flag) => flag !== undefined);

function bashScript(all: readonly Completed[]): string {
  const cases = all.map(({ words, subcommands, options }) => {
    const next = [...subcommands.map((command) => command.name()), ...options.flatMap(flagsOf)];
    return `    '${words.join(' ')}') next='${next.join(' ')}' ;;\n`;
  });
  return `_knowngood() {
  local word path='' next='' current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${all.flatMap(({ words }) => words.slice(-1)).join('|')}) path="\${path:+$path }$word" ;;
      *) break ;;
    esac
  done
  case $previous in
    --repo|--sign-with|--ssh-key|--known-hosts|--file) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
    -o|--output) COMPREPLY=($(compgen -W 'json yaml wide name' -- "$current")); return ;;
  esac
  case $path in
${cases.join('')}  esac
  COMPREPLY=($(compgen -W "$next" -- "$current"))
}
complete -F _knowngood knowngood
`;
}

const zshScript = (all: readonly Completed[]): string =>
  `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(all)}`;

const fishText = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;

function fishScript(all: readonly Completed[]): string {
  const lines = all.flatMap(({ words, subcommands, options }) => {
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const names = subcommands.map((command) => command.name());
    const fresh = names.length > 0 ? `not __fish_seen_subcommand_from ${names.join(' ')}` : '';
    const when = [seen, fresh].filter((part) => part !== '').join('; and ');
    const start = `complete -c knowngood -n ${fishText(when)}`;
    return [
      ...subcommands.map(
        (command) => `${start} -f -a ${command.name()} -d ${fishText(command.description())}`,
      ),
      ...options.map(({ short, long, required, description }) => {
        const flags = [short && `-s ${short.slice(1)}`, long && `-l ${long.slice(2)}`]
          .filter(Boolean)
          .join(' ');
        return `${start} ${flags}${required ? ' -r' : ''} -d ${fishText(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `knowngood completion SHELL`: a script that completes commands and options, made from their definitions. */
export const addCompletion: AddCommand = (program, { terminal }) => {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .addHelpText('after', '\nExamples:\n  # in ~/.bashrc or ~/.zshrc\n  source <(knowngood completion bash)')
    .action((shell: keyof typeof scripts) => {
      terminal.stdout.write(scripts[shell](describe(program)));
    });
};
