// Runs the tour of README.md on the demo repository and prints it. A program of its own, because it stops the clock:
// ages and commit ids are then the same in every run. Its only argument is an empty folder.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { commands } from '../../src/bin/commands.ts';
import { hubAccess } from '../../src/bin/hub-access.ts';
import { runProgram } from '../../src/cli/program.ts';
import { makeDemo } from '../demo-repository.ts';
import { demoNow } from '../demo/history.ts';
import { type TourStep, tourSteps } from './steps.ts';

const COLUMNS = 100;
const [folder = ''] = process.argv.slice(2);
process.chdir(folder);
makeDemo(join(folder, 'demo'));
process.chdir(join(folder, 'demo'));

let now = demoNow;
Date.now = () => now;

/** Runs one command line as a shell would on a terminal, and returns what a person sees. */
async function run(line: string): Promise<string> {
  const [program = '', ...words] = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, a, b]) => a ?? b ?? '');
  if (program === 'git') return execFileSync('git', words, { encoding: 'utf8' });
  const terminal = recordingTerminal({ columns: COLUMNS, cwd: process.cwd() });
  // One stream, as on a screen: what goes to stdout and to stderr stays in order.
  const screen = { ...terminal, stderr: terminal.stdout, stdoutIsTerminal: true };
  const code = await runProgram(words, { terminal: screen, version: 'demo', hub: hubAccess, commands });
  // A tour that shows an error is a tour of a repository that has changed. Only `diff` may end with 1.
  if (code !== 0 && !(code === 1 && words[0] === 'diff')) throw new Error(`${line}\n${terminal.output()}`);
  return terminal.output();
}

async function show({ says, lines }: TourStep): Promise<string> {
  const parts: string[] = [];
  for (const line of lines) {
    now += 60_000;
    parts.push(`$ ${line}\n${await run(line)}`);
  }
  return `${says}\n\n\`\`\`console\n${parts.join('\n')}\`\`\`\n`;
}

const texts: string[] = [];
for (const step of tourSteps) texts.push(await show(step));
process.stdout.write(texts.join('\n'));
