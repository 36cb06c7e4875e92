import type { RefusalRow } from './refusal-row.ts';

/** The command line in front of a server: which one, who is signed in, and what comes back instead of an answer. */
export const clientRefusals = {
  server_unchosen: {
    kind: 'unauthenticated',
    message: 'no server is chosen; sign in first: knowngood login URL',
  },
  not_signed_in: {
    kind: 'unauthenticated',
    message: 'you are not signed in at {server}; run: knowngood login {server}',
  },
  token_needed: {
    kind: 'forbidden',
    message:
      'nobody can sign in at {server} with a password; ask for a token, then run: knowngood login {server} --with-token',
  },
  sso_needed: {
    kind: 'forbidden',
    message: 'people sign in at {server} with {names}; run: knowngood login {server} --sso',
  },
  sso_absent: {
    kind: 'usage',
    message: '{server} has no identity provider; sign in without --sso',
  },
  provider_unchosen: {
    kind: 'usage',
    message: 'choose the identity provider of {server} with --provider NAME: {names}',
  },
  sso_failed: { kind: 'forbidden', message: '{server} did not sign you in: {reason}' },
  sso_address_wrong: {
    kind: 'usage',
    message: 'this is not the address where this sign-in ends; sign in again and paste the whole of it',
  },
  sso_unanswered: { kind: 'unauthenticated', message: 'nobody signed in within 15 minutes; run it again' },
  server_malformed: {
    kind: 'usage',
    message: '{url} is not the address of a server; give it as https://HOST, without a password in it',
  },
  server_unreachable: {
    kind: 'unavailable',
    message: 'cannot reach {server}: {reason}; check the address and that the server is running',
  },
  server_silent: {
    kind: 'unavailable',
    message: '{server} did not answer within {seconds} seconds; look at the present state, then try again',
  },
  server_untrusted: {
    kind: 'unavailable',
    message:
      'the certificate of {server} is not trusted: {reason}; name the CA that signed it in NODE_EXTRA_CA_CERTS',
  },
  server_redirects: {
    kind: 'usage',
    message: '{server} sends to {location}; if that is right, run: knowngood login {location}',
  },
  server_foreign: {
    kind: 'unavailable',
    message:
      '{server} does not answer as Knowngood with API {api} (status {status}); check the address and both versions',
  },
  server_differs: {
    kind: 'unavailable',
    message:
      '{server} is Knowngood {server_version} and this is {own_version}; one of them is too old for this',
  },
  context_unknown: { kind: 'usage', message: 'there is no context {context}{suggestion}' },
  project_unchosen: {
    kind: 'usage',
    message: 'no project is chosen; name one with -p SLUG, or run: knowngood context set-project SLUG',
  },
  place_ambiguous: {
    kind: 'usage',
    message: '--repo means a repository here and {option} one on a server; give one of them',
  },
  index_failed: {
    kind: 'failed',
    message: 'the deployments of {project} could not be indexed: {reason}; then run: knowngood reindex',
  },
  member_unknown: { kind: 'usage', message: 'nobody here has the address {email}{suggestion}' },
  cluster_unknown: { kind: 'usage', message: 'no cluster here is called {cluster}{suggestion}' },
  config_nowhere: {
    kind: 'usage',
    message: 'there is no home folder to keep the sign-in in; name a file in KNOWNGOOD_CONFIG',
  },
  config_damaged: {
    kind: 'unavailable',
    message: '{path} is not what knowngood wrote there: {reason}; mend it, or remove it and sign in again',
  },
  config_unusable: { kind: 'unavailable', message: 'cannot use {path}: {reason}' },
  input_expected: { kind: 'usage', message: '{what} is needed; {instead}' },
  audit_unsigned: {
    kind: 'not_found',
    message: 'nothing of the audit log is signed yet; take an export first: knowngood audit export',
  },
  option_elsewhere: {
    kind: 'usage',
    message: '{option} is for {place}; leave it out, or {way}',
  },
  break_glass_unsaid: {
    kind: 'conflict',
    message:
      'your open break-glass session would bypass the approvals; say so with --break-glass, or end the session first',
  },
  break_glass_absent: {
    kind: 'conflict',
    message:
      'nothing would be bypassed: you have no open break-glass session here, or need no approval; leave --break-glass out',
  },
  file_unreadable: { kind: 'usage', message: 'cannot read {path}: {reason}' },
} as const satisfies Record<string, RefusalRow>;
