import type { Request } from '../../src/contract/request.ts';

/** The scope of a rollback of everything in acme/production. */
export const fullScope: Request['scope'] = {
  mode: 'full',
  where: [{ tenant: 'acme', environment: 'production' }],
  service: null,
  from: null,
  promotion: null,
  includeShared: false,
  shared: null,
  keep: [],
  hold: [],
  allowDelete: false,
};
