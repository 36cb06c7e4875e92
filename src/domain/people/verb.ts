import type { Role, TokenScope } from './actor.ts';

interface VerbRow {
  /** The lowest role that has the right; absent when only a grant gives it. */
  readonly role: Role | 'anybody' | undefined;
  /** The scope that a token needs for it; absent when no token may do it. */
  readonly scope: TokenScope | undefined;
  /** Never for service accounts. */
  readonly personOnly: boolean;
  /** How the verb reads after "you may not". */
  readonly phrase: string;
}

const verb = (
  role: VerbRow['role'],
  scope: TokenScope | undefined,
  phrase: string,
  personOnly = false,
): VerbRow => ({ role, scope, phrase, personOnly });

const rows = {
  read: verb('viewer', 'read', 'read'),
  preview: verb('viewer', 'read', 'preview'),
  /** Their own password, sessions and tokens, also of an account that has nothing but grants. */
  own_account: verb('anybody', 'account', 'change an account'),

  request: verb('member', 'request', 'submit a request'),
  cancel_own: verb('member', 'request', 'cancel a request'),
  note: verb('member', 'request', 'write a note'),
  push: verb('member', 'push', 'push'),
  /** Mark deployments good or bad, and send signals about them. */
  judge: verb('member', 'request', 'say how a deployment is'),

  /** Approve and reject. */
  approve: verb('admin', 'approve', 'approve or reject', true),
  execute: verb('admin', 'execute', 'execute a request'),
  cancel_any: verb('admin', 'execute', 'cancel a request of somebody else'),
  break_glass: verb('admin', 'break_glass', 'use break-glass', true),
  /** Sessions of their own, whatever became of their role; those of others end by the right to review. */
  break_glass_end: verb('anybody', 'break_glass', 'end a break-glass session', true),
  break_glass_review: verb('admin', 'approve', 'review a break-glass session', true),
  policy: verb('admin', 'admin', 'change a policy'),
  /** Create, connect and configure projects; push knowngood.yaml. */
  project: verb('admin', 'admin', 'change a project'),
  /** Tokens and service accounts of others. */
  tokens: verb('admin', 'admin', 'manage tokens'),
  webhooks: verb('admin', 'admin', 'manage webhooks'),
  clusters: verb('admin', 'admin', 'manage clusters'),
  lift_hold: verb('admin', 'execute', 'lift a hold', true),
  audit: verb('admin', 'admin', 'read the audit log'),

  members: verb('owner', 'admin', 'manage members'),
  plan: verb('owner', 'admin', 'change the plan'),

  /** Push to protected paths, past the approval that guards them: no role has it. */
  push_protected: verb(undefined, 'push', 'push to protected paths'),
  /** The one door of a cluster agent. */
  agent_report: verb(undefined, undefined, 'report for a cluster'),
} as const satisfies Record<string, VerbRow>;

/** Everything that a right can be about. Each operation of each door names one of these. */
export type Verb = keyof typeof rows;

export const verbTable: Readonly<Record<Verb, VerbRow>> = rows;
export const verbs = Object.keys(rows) as readonly Verb[];

/** Verbs that a grant may give: those that make sense inside one project. A grant of another gives nothing. */
export const grantableVerbs = [
  'read',
  'preview',
  'request',
  'cancel_own',
  'note',
  'push',
  'judge',
  'approve',
  'execute',
  'cancel_any',
  'break_glass',
  'break_glass_review',
  'policy',
  'project',
  'lift_hold',
  'push_protected',
] as const satisfies readonly Verb[];

export type GrantableVerb = (typeof grantableVerbs)[number];

export const isGrantable = (verb: Verb): verb is GrantableVerb =>
  (grantableVerbs as readonly Verb[]).includes(verb);
