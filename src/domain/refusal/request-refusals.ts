import type { RefusalRow } from './refusal-row.ts';

/** The life of a request: states, reviews, policies, break-glass, pushes. The product page's texts are verbatim. */
export const requestRefusals = {
  // the product page's own
  target_sha_required: { kind: 'invalid', message: 'targetSha is required' },
  not_pending: { kind: 'wrong_state', message: 'rollback request is not pending approval' },
  empty_field_selection: { kind: 'invalid', message: 'selected fields cannot be empty for field mode' },
  own_request: { kind: 'forbidden', message: 'cannot approve/reject your own rollback request' },
  already_reviewed: { kind: 'conflict', message: 'you have already reviewed this rollback request' },
  execution_failed: { kind: 'failed', message: 'approval saved but rollback execution failed' },
  justification_required: { kind: 'invalid', message: 'justification is required' },

  // the same, for releases and promotions
  kind_not_pending: { kind: 'wrong_state', message: '{kind} request is not pending approval' },
  kind_own_request: { kind: 'forbidden', message: 'cannot approve/reject your own {kind} request' },
  kind_already_reviewed: { kind: 'conflict', message: 'you have already reviewed this {kind} request' },
  kind_execution_failed: { kind: 'failed', message: 'approval saved but {kind} execution failed' },

  // states
  state_forbids: { kind: 'wrong_state', message: 'cannot {action} a {kind} request that is {state}' },
  not_retryable: {
    kind: 'wrong_state',
    message: 'this {kind} request cannot be executed again: {reason}; resubmit it',
  },
  request_expired: { kind: 'wrong_state', message: 'this {kind} request expired at {time}; resubmit it' },
  quorum_missing: { kind: 'wrong_state', message: 'this {kind} request has {counted} of {needed} approvals' },
  not_yours: { kind: 'forbidden', message: 'only {owner} or an admin may {action} this {kind} request' },

  // reviews
  not_eligible: {
    kind: 'forbidden',
    message: 'the policy of {environment} does not name you as an approver',
  },
  policy_changer: {
    kind: 'forbidden',
    message: 'you changed the policy of {environment}; you may approve under it from {time}',
  },
  digest_required: { kind: 'invalid', message: 'digest is required: send the one that the preview shows' },
  digest_stale: {
    kind: 'conflict',
    message: 'the plan is not the one you looked at any more; look at the preview again',
  },
  scope_moved: {
    kind: 'conflict',
    message: 'what this would change has changed since: {paths}; preview it again and submit it anew',
  },
  value_held: {
    kind: 'conflict',
    message:
      '{field} {value} is held until {until}, since {request} took it away; choose another value, or lift hold {hold} with a reason',
  },
  hold_stands: {
    kind: 'conflict',
    message: 'nobody brought {field} back past the server; there is nothing to take away again',
  },
  hold_ended: { kind: 'conflict', message: 'this hold has ended already: {reason}' },
  nothing_to_change: { kind: 'conflict', message: 'there is nothing to change: {reason}' },
  notes_full: { kind: 'conflict', message: 'a request holds at most {limit} notes' },

  execution_interrupted: {
    kind: 'failed',
    message: 'the execution was interrupted on our side before anything was published; execute it again',
  },
  upstream_refused: {
    kind: 'conflict',
    message: 'the upstream refused the commit: {reason}',
  },

  // policies
  environment_elsewhere: {
    kind: 'usage',
    message: 'this project has no environment {environment}{suggestion}',
  },
  policy_invalid: { kind: 'invalid', message: 'policy {field}: {reason}' },
  freeze_window: {
    kind: 'conflict',
    message: '{environment} is frozen until {time} ({window}); execute it then',
  },
  held: { kind: 'conflict', message: '{scope} is on hold: {reason}; an admin can lift the hold' },

  // break-glass
  break_glass_role: {
    kind: 'forbidden',
    message: 'the policy does not let {role} use break-glass here',
  },
  break_glass_minutes: {
    kind: 'invalid',
    message: 'a break-glass session lasts 1 to {limit} minutes',
  },
  break_glass_open: {
    kind: 'conflict',
    message: 'your break-glass session {session} is still open, until {time}',
  },
  break_glass_renewal: {
    kind: 'conflict',
    message: 'session {session} ended only {minutes} minutes ago; another admin has to review it first',
  },
  break_glass_debt: {
    kind: 'conflict',
    message: 'break-glass session {session} waits for its review since {time}; have it reviewed first',
  },
  break_glass_own_review: { kind: 'forbidden', message: 'cannot review your own break-glass session' },
  break_glass_reviewed: { kind: 'conflict', message: 'break-glass session {session} is already reviewed' },
  break_glass_still_open: {
    kind: 'wrong_state',
    message: 'break-glass session {session} is still open; review it when it has ended',
  },
  break_glass_ended: { kind: 'conflict', message: 'break-glass session {session} has ended' },

  // pushes: the reason reaches the person who pushes
  push_protected: {
    kind: 'forbidden',
    message:
      '{path} belongs to {scope}, which is protected from pushes; roll back or release through a request',
  },
  push_shared: {
    kind: 'forbidden',
    message: '{path} is read by {scope}, which is protected from pushes of shared paths',
  },
  push_project_file: { kind: 'forbidden', message: 'only an admin may push a change of knowngood.yaml' },
  push_generated: {
    kind: 'forbidden',
    message: '{path} is generated; change its sources and push those',
  },
  push_stale: {
    kind: 'forbidden',
    message:
      '{path} would be stale, and knowngood.yaml refuses such pushes; release the change through the server',
  },
  push_rewrites: { kind: 'forbidden', message: '{ref} cannot be deleted or rewritten; push a new commit' },
  push_ref: { kind: 'forbidden', message: '{ref} cannot be pushed to' },
  push_path: { kind: 'invalid', message: '{path} cannot be accepted: {reason}' },
  push_too_large: { kind: 'too_large', message: 'the push is larger than {limit} bytes' },
  not_connected: { kind: 'invalid', message: '{project} is hosted here; it has no upstream' },
  upstream_forbidden: { kind: 'forbidden', message: 'the Git host {host} is not reached: {reason}' },
  upstream_unreachable: { kind: 'unavailable', message: 'could not fetch from {remote}: {reason}' },
  push_connected: {
    kind: 'forbidden',
    message: '{project} follows {upstream}; push there',
  },
  push_unchecked: {
    kind: 'unavailable',
    message: 'the push could not be checked and was refused; push again in a moment',
  },

  render_busy: {
    kind: 'unavailable',
    message: 'this server renders for others at the moment; try again in a minute',
  },

  // audit
  audit_broken: { kind: 'failed', message: 'audit row {seq} {reason}' },
  revision_elsewhere: {
    kind: 'invalid',
    message: 'revision {revision} is not a deployment of {scope}; choose one from its history',
  },
} as const satisfies Record<string, RefusalRow>;
