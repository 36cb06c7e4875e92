import { addExamples } from '../cli/examples.ts';
import type { AddCommand } from '../cli/program.ts';
import { type AgentWords, agentOptions } from './agent-options.ts';
import { readAgentSettings } from './agent-settings.ts';
import { addProgramOptions } from './program-option.ts';
import type { serveAgent } from './serve-agent.ts';

/** `knowngood agent`: tells the hub of one cluster. `load` brings the code, which no other command needs. */
export const addAgent =
  (load: () => Promise<typeof serveAgent>): AddCommand =>
  (program, { terminal, version }) => {
    const command = program
      .command('agent')
      .description('tell the hub what a cluster runs: applications, workloads, health and drift');
    addProgramOptions(command, agentOptions);
    addExamples(
      command,
      [
        'in a cluster, see deploy/agent',
        'knowngood agent --hub hub.example.com:7421 --cluster eu-west-1 --token-file /data/token',
      ],
      [
        'from outside, with a kubeconfig, for a hub on this machine',
        'KNOWNGOOD_AGENT_REGISTRATION_TOKEN=… knowngood agent --hub localhost:7421 --plaintext --kubeconfig ./reader.kubeconfig',
      ],
    );
    command.action(async (words: AgentWords) => {
      const settings = readAgentSettings(words, terminal.env, terminal.cwd);
      const serve = await load();
      await serve(settings, { terminal, version });
    });
  };
