// Runs the tour of README.md on the demo repository and prints it. A program of its own, because it stops the clock:
// ages and commit ids are then the same in every run. Its only argument is an empty folder.
import { join } from 'node:path';
import { makeDemo } from '../demo-repository.ts';
import { demoNow } from '../demo/history.ts';
import { runLine } from './run-line.ts';
import { type TourStep, tourSteps } from './steps.ts';

const [folder = ''] = process.argv.slice(2);
process.chdir(folder);
makeDemo(join(folder, 'demo'));
process.chdir(join(folder, 'demo'));

let now = demoNow;
Date.now = () => now;

async function show({ says, lines }: TourStep): Promise<string> {
  const parts: string[] = [];
  for (const line of lines) {
    now += 60_000;
    parts.push(`$ ${line}\n${await runLine(line)}`);
  }
  return `${says}\n\n\`\`\`console\n${parts.join('\n')}\`\`\`\n`;
}

const texts: string[] = [];
for (const step of tourSteps) texts.push(await show(step));
process.stdout.write(texts.join('\n'));
