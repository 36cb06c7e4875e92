import type { Hold } from './hold.ts';

/** A hold of the bad image of the demo. */
export const someHold = (overrides: Partial<Hold> = {}): Hold => ({
  id: 'hld-1',
  projectId: 'prj_1',
  tenant: 'acme',
  environment: 'production',
  service: 'api-gateway',
  file: 'tenants/acme/production/api-gateway/service.yaml',
  address: 'tenants/acme/production/api-gateway/service.yaml#/image/tag',
  field: 'image.tag',
  value: 'v2.1.0',
  requestId: 'rbk-1',
  commit: 'c'.repeat(40),
  setAt: 1_000,
  expiresAt: 2_000,
  returned: undefined,
  lifted: undefined,
  ...overrides,
});
