import type { RefusalRow } from './refusal-row.ts';

/** Who may do what: sign-in, rights, plans, limits of the door itself. */
export const accessRefusals = {
  // signing in
  unauthenticated: { kind: 'unauthenticated', message: 'sign in first' },
  sign_in_failed: { kind: 'unauthenticated', message: 'the e-mail or the password is wrong' },
  credential_invalid: {
    kind: 'unauthenticated',
    message: 'this {credential} is unknown, expired or revoked; sign in again',
  },
  account_disabled: { kind: 'unauthenticated', message: 'this account is disabled; ask an owner' },
  password_sign_in_off: { kind: 'forbidden', message: 'signing in with a password is switched off here' },
  oidc_failed: { kind: 'unauthenticated', message: 'signing in with {provider} did not work: {reason}' },
  reauthentication_required: {
    kind: 'forbidden',
    message: 'enter your password again first; it has to be at most {minutes} minutes old',
  },
  cross_site: { kind: 'forbidden', message: 'this request came from another site and was not carried out' },

  // rights
  not_visible: { kind: 'not_found', message: '{what} does not exist, or is not visible to you' },
  role_missing: {
    kind: 'forbidden',
    message: 'you may not {verb}{where}: it needs the role {role}, and you are {actual}',
  },
  grant_missing: {
    kind: 'forbidden',
    message: 'you may not {verb}{where}: no role has this right, only a grant',
  },
  token_scope_missing: {
    kind: 'forbidden',
    message: 'this token may not {verb}: it lacks the scope {scope}',
  },
  person_required: { kind: 'forbidden', message: 'only a person may {verb}; {name} is a service account' },
  door_closed: { kind: 'forbidden', message: 'this {credential} may not {verb}' },
  scope_beyond_own: {
    kind: 'forbidden',
    message: 'a token cannot hand out the scope {scope}, which it does not have itself',
  },
  role_beyond_own: {
    kind: 'forbidden',
    message: 'the role {role} is more than your own; ask somebody who has it',
  },
  last_owner: { kind: 'conflict', message: '{name} is the last owner; make somebody else an owner first' },

  // plans
  feature_off: { kind: 'forbidden', message: '{feature} is not part of the {plan} plan' },
  feature_disabled: { kind: 'forbidden', message: '{feature} is switched off on this server' },
  mode_off: {
    kind: 'forbidden',
    message: '{mode} rollback is not part of the {plan} plan; it needs {needed}',
  },

  // the door
  input_invalid: { kind: 'invalid', message: '{reason}' },
  body_too_large: { kind: 'too_large', message: 'the request is larger than {limit} bytes' },
  rate_limited: { kind: 'limited', message: 'too many requests; try again in {seconds} seconds' },
  sign_in_limited: { kind: 'limited', message: 'too many failed sign-ins; try again in {seconds} seconds' },
  idempotency_key_malformed: {
    kind: 'invalid',
    message: 'Idempotency-Key has to be 1 to {limit} printable ASCII characters',
  },
  idempotency_mismatch: {
    kind: 'unprocessable',
    message: 'this Idempotency-Key was used before with another request',
  },
  in_flight: {
    kind: 'conflict',
    message: 'a request with this Idempotency-Key is still being worked on; ask again shortly',
  },
  answer_shown_once: {
    kind: 'conflict',
    message: 'this was done before with the same Idempotency-Key; its answer held a secret, shown only once',
  },
  busy: { kind: 'unavailable', message: '{what} is busy; try again in {seconds} seconds' },
  read_only: { kind: 'unavailable', message: 'nothing can be changed at the moment: {reason}' },
  secret_unreadable: {
    kind: 'failed',
    message:
      'the sealed secret of {what} cannot be opened; is KNOWNGOOD_SECRET_KEY the one it was sealed with?',
  },
  incident: { kind: 'failed', message: 'something went wrong on our side; incident {incident}' },

  // names
  webhook_url: { kind: 'invalid', message: 'events cannot be sent to this address: {reason}' },
  webhook_off: { kind: 'conflict', message: 'the webhook {name} is switched off; switch it on first' },
  already_exists: { kind: 'conflict', message: '{what} already exists' },
  changed_meanwhile: {
    kind: 'conflict',
    message: '{what} was changed by somebody else meanwhile; look at it again',
  },
  name_malformed: { kind: 'invalid', message: '{what} {name}: {reason}' },
  text_too_long: { kind: 'invalid', message: '{field} is longer than {limit} characters' },
  field_missing: { kind: 'invalid', message: '{field} is required' },
} as const satisfies Record<string, RefusalRow>;
