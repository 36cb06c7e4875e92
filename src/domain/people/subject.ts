/** What the `{id}` or `{slug}` of an address names; rights are asked for there. */
export type Subject =
  | 'instance'
  | 'project'
  | 'request'
  | 'break_glass'
  | 'hold'
  | 'webhook'
  | 'cluster'
  | 'delivery'
  | 'member'
  | 'grant'
  | 'service_account'
  | 'token'
  | 'session';
