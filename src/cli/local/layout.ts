import { InvalidArgumentError, Option } from 'commander';
import { type DetectedLayouts, detectLayout } from '../../app/detect-layout.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { layoutOptions, projectText } from '../../domain/layout/write-project.ts';
import { exitCode } from '../exit-code.ts';
import { detectedText } from './detected-text.ts';
import { addExamples } from '../examples.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { outputStyle } from '../style.ts';
import { resolvePath } from './resolve-path.ts';

interface DetectOptions {
  readonly repo?: string;
  readonly branch?: string;
  readonly proposal: number;
  readonly output?: 'json' | 'yaml' | 'wide';
  readonly file?: boolean;
}

function readNumber(text: string): number {
  if (/^[1-5]$/.test(text)) return Number(text);
  throw new InvalidArgumentError('There are at most five.');
}

/** `knowngood layout detect`: proposes layouts for a repository without a knowngood.yaml. Exits 1 when it finds none. */
export const addLayout: AddCommand = (program, { terminal, finish }) => {
  const command = program
    .command('layout')
    .description('say where tenants, environments and services are in a repository')
    .command('detect');
  addExamples(
    command,
    ['what there is to choose from', 'knowngood layout detect --repo .'],
    ['describe the repository for good', 'knowngood layout detect --repo . --file > knowngood.yaml'],
  );
  command
    .description('propose path templates for a repository, and show what each gives')
    .option('--repo <dir>', 'the clone or bare repository to look at')
    .option('--branch <name>', 'the branch (default: the one that is checked out)')
    .addOption(
      new Option('--proposal <number>', 'print the file and the options of this one')
        .argParser(readNumber)
        .default(1),
    )
    .option('--file', 'print nothing but the knowngood.yaml')
    .addOption(outputOption().conflicts('file'))
    .action(async ({ repo, branch, proposal, output, file }: DetectOptions) => {
      if (repo === undefined) throw new Refusal('repo_required');
      using progress = startProgress(terminal, 'Reading files…');
      const path = resolvePath(terminal.cwd, repo);
      const detected = await detectLayout({ path, branch, onProgress: progress.show });
      progress[Symbol.dispose]();
      const found = detected.proposals.length;
      if (found > 0 && proposal > found)
        throw new InvalidArgumentError(`--proposal ${proposal}: there is no more than ${found}`);
      const chosen = detected.proposals[proposal - 1];
      const text = () => detectedText(detected, { proposal, style: outputStyle(terminal) });
      if (output === 'json' || output === 'yaml') printValue(terminal, detectedJson(detected), output);
      else if (!file) terminal.stdout.write(text());
      else if (chosen) terminal.stdout.write(projectText(chosen));
      // Words would end up in the file.
      else terminal.stderr.write(text());
      if (detected.described)
        terminal.stderr.write('note: the branch has a knowngood.yaml, which is used until you replace it\n');
      if (found === 0) finish(exitCode.failed);
    });
};

/** The stable form that `-o json` and `-o yaml` print. `commits` counts those covered as a whole, and partly. */
const detectedJson = ({ branch, revision, complete, proposals }: DetectedLayouts) => ({
  branch,
  revision,
  complete,
  proposals: proposals.map((proposal) => ({
    layout: proposal.templates.map(({ path }) => path),
    ...proposal.figures,
    options: layoutOptions(proposal).flatMap((template) => ['--layout', template]),
    project: projectText(proposal),
  })),
});
