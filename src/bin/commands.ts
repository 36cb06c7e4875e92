import { addCompletion } from '../cli/completion.ts';
import { addBreakGlass } from '../cli/hub/break-glass.ts';
import { addClusters } from '../cli/hub/clusters.ts';
import { addConnect } from '../cli/hub/connect-project.ts';
import { addContext } from '../cli/hub/context.ts';
import { addGrant } from '../cli/hub/grant.ts';
import { addHold } from '../cli/hub/hold.ts';
import { addLogin } from '../cli/hub/login.ts';
import { addLogout } from '../cli/hub/logout.ts';
import { addMembers } from '../cli/hub/members.ts';
import { addPolicy } from '../cli/hub/policy.ts';
import { addProjects } from '../cli/hub/projects.ts';
import { addCancel, addExecute, addNote, addResubmit } from '../cli/hub/request-actions.ts';
import { addRecommend } from '../cli/hub/recommend.ts';
import { addReindex } from '../cli/hub/reindex.ts';
import { addRequests } from '../cli/hub/requests.ts';
import { addApprove, addReject } from '../cli/hub/review.ts';
import { addServiceAccount } from '../cli/hub/service-account.ts';
import { addToken } from '../cli/hub/token.ts';
import { addWebhook } from '../cli/hub/webhook.ts';
import { addWhoami } from '../cli/hub/whoami.ts';
import { addEvidence } from '../cli/hub/evidence.ts';
import { addAudit } from '../cli/hub/audit.ts';
import { addDiff } from '../cli/local/diff.ts';
import { addFields } from '../cli/local/fields.ts';
import { addHistory } from '../cli/local/history.ts';
import { addLayout } from '../cli/local/layout.ts';
import { addPromote } from '../cli/local/promote.ts';
import { addPins } from '../cli/local/pins.ts';
import { addRelease } from '../cli/local/release.ts';
import { addRollback } from '../cli/local/rollback.ts';
import { addUndo } from '../cli/local/undo.ts';
import { addVariables } from '../cli/local/variables.ts';
import type { AddCommand } from '../cli/program.ts';
import { addVersion } from '../cli/version.ts';
import { addAgent } from './agent-command.ts';
import { type OperatorCode, addBackup, addDoctor, addRestore } from './operator-commands.ts';
import { addServer } from './server-command.ts';

/** A heading in the help, over the commands that follow. */
const group =
  (heading: string): AddCommand =>
  (program) =>
    void program.commandsGroup(`${heading}:`);

const operator = (): Promise<OperatorCode> => import('./run-operation.ts');

/** Every command of the program, in the order in which help lists them. */
export const commands: readonly AddCommand[] = [
  group('History, rollback and release, in a repository here or on a server'),
  addHistory,
  addDiff,
  addFields,
  addRollback,
  addUndo,
  addRelease,
  addPins,
  addVariables,
  addPromote,
  addLayout,
  group('Requests and approvals'),
  addRecommend,
  addRequests,
  addApprove,
  addReject,
  addExecute,
  addCancel,
  addResubmit,
  addNote,
  group('Signing in'),
  addLogin,
  addLogout,
  addWhoami,
  addContext,
  group('Projects, people, clusters and records of a server'),
  addProjects,
  addConnect,
  addReindex,
  addPolicy,
  addBreakGlass,
  addHold,
  addToken,
  addMembers,
  addGrant,
  addServiceAccount,
  addWebhook,
  addEvidence,
  addAudit,
  addClusters,
  group('A server on this machine'),
  addServer(async () => (await import('./run-server.ts')).runServer),
  addBackup(operator),
  addRestore(operator),
  addDoctor(operator),
  group('A cluster'),
  addAgent(async () => (await import('./serve-agent.ts')).serveAgent),
  group('The program itself'),
  addCompletion,
  addVersion,
];
