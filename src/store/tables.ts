import { accountFacts } from './account-facts.ts';
import { accounts } from './accounts.ts';
import { audit, auditWriter } from './audit.ts';
import { breakGlass } from './break-glass.ts';
import { clusterApplications } from './cluster-applications.ts';
import { clusterBindings } from './cluster-bindings.ts';
import { clusterCommands } from './cluster-commands.ts';
import { clusterReports } from './cluster-reports.ts';
import { clusterTokens } from './cluster-tokens.ts';
import { clusters } from './clusters.ts';
import type { DatabaseKind, Queries } from './database.ts';
import { deliveries } from './deliveries.ts';
import { deploymentHealth } from './deployment-health.ts';
import { deploymentMarks } from './deployment-marks.ts';
import { deploymentSignals } from './deployment-signals.ts';
import { deployments } from './deployments.ts';
import { grants } from './grants.ts';
import { holds } from './holds.ts';
import { idempotencyKeys } from './idempotency-keys.ts';
import { indexProgress } from './index-progress.ts';
import { leases } from './leases.ts';
import { notes } from './notes.ts';
import { oneTimeLinks } from './one-time-links.ts';
import { outbox } from './outbox.ts';
import { policies } from './policies.ts';
import { projects } from './projects.ts';
import { requests } from './requests.ts';
import { reviews } from './reviews.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { signInAttempts } from './sign-in-attempts.ts';
import { tokens } from './tokens.ts';
import { verifications } from './verifications.ts';
import { webhooks } from './webhooks.ts';

/** Every family of queries, on the database itself or on a transaction. */
export const tables = (db: Queries, kind: DatabaseKind) => ({
  accounts: accounts(db),
  accountFacts: accountFacts(db),
  grants: grants(db),
  sessions: sessions(db),
  tokens: tokens(db),
  oneTimeLinks: oneTimeLinks(db),
  signInAttempts: signInAttempts(db),
  projects: projects(db),
  policies: policies(db),
  settings: settings(db),
  leases: leases(db),
  deployments: deployments(db, kind),
  indexProgress: indexProgress(db),
  requests: requests(db),
  reviews: reviews(db),
  notes: notes(db),
  breakGlass: breakGlass(db),
  holds: holds(db),
  audit: audit(db),
  outbox: outbox(db),
  webhooks: webhooks(db),
  deliveries: deliveries(db),
  idempotencyKeys: idempotencyKeys(db),
  clusters: clusters(db),
  clusterTokens: clusterTokens(db),
  clusterCommands: clusterCommands(db),
  clusterReports: clusterReports(db),
  clusterApplications: clusterApplications(db),
  clusterBindings: clusterBindings(db),
  deploymentHealth: deploymentHealth(db),
  deploymentMarks: deploymentMarks(db),
  deploymentSignals: deploymentSignals(db),
  verifications: verifications(db),
});

/** The same inside a transaction, where entries can be added to the audit log too. */
export const transactionTables = (db: Queries, kind: DatabaseKind) => ({
  ...tables(db, kind),
  audit: auditWriter(db),
});

export type Tables = ReturnType<typeof tables>;
export type TransactionTables = ReturnType<typeof transactionTables>;
