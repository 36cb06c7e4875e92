import { addExamples } from '../cli/examples.ts';
import type { AddCommand } from '../cli/program.ts';
import type { runServer } from './run-server.ts';
import { type ServerWords, addServerOptions } from './server-options.ts';
import { readServerSettings } from './server-settings.ts';

/** `knowngood server`: the hub. `load` brings the code, which is as much as all other commands together. */
export const addServer =
  (load: () => Promise<typeof runServer>): AddCommand =>
  (program, { terminal, version }) => {
    const command = program
      .command('server')
      .description('run the hub: projects, history, requests, approvals, audit');
    addServerOptions(command);
    addExamples(
      command,
      ['try it, with a demo, on http://localhost:7420', 'knowngood server'],
      [
        'for a team, behind a proxy that speaks https',
        'knowngood server --data /var/lib/knowngood --public-url https://knowngood.example.com',
      ],
      [
        'several servers on one PostgreSQL, each with a folder of its own',
        'KNOWNGOOD_SECRET_KEY=… knowngood server --database postgres://knowngood@db/knowngood --host 0.0.0.0',
      ],
    );
    command.action(async (words: ServerWords) => {
      const settings = readServerSettings(words, terminal.env, terminal.cwd);
      const run = await load();
      await run(settings, { terminal, version });
    });
  };
