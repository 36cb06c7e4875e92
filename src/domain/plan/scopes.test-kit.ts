import { makeLayout } from '../layout/layout.ts';

/** Two tenants of which one has nothing but an environment, and a folder of nobody. */
export const layout = makeLayout(
  [{ path: 'tenants/{tenant}/{environment}/{service}/**' }, { path: 'tenants/{tenant}/{environment}/**' }],
  ['dev', 'production'],
);
export const files = {
  'tenants/acme/production/api/x': '1',
  'tenants/acme/production/web/x': '1',
  'tenants/acme/dev/api/x': '1',
  'tenants/globex/production/environment.yaml': '1',
  'other/folder/x': '1',
};
