// npm run build:web: builds the console into web/dist, if anything changed that it is built from.
import { freshenConsole } from './console-sources.ts';

await freshenConsole((line) => process.stderr.write(`${line}\n`));
