// npm start: the hub, with the console as it is in this clone.
import { freshenConsole } from './console-sources.ts';

await freshenConsole((line) => process.stderr.write(`${line}\n`));
await import('../src/bin/server.ts');
