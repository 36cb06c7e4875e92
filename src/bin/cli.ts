import { commands } from './commands.ts';
import { runWords } from './run-words.ts';

// Program: the command line.

await runWords(process.argv.slice(2), { commands });
