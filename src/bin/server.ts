import { runServer } from './run-server.ts';
import { runWords } from './run-words.ts';
import { addServer } from './server-command.ts';

// Program: the hub, as `npm start` runs it. The same as `knowngood server`.

await runWords(['server', ...process.argv.slice(2)], {
  commands: [addServer(() => Promise.resolve(runServer))],
});
