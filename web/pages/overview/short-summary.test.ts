import { expect, test } from 'vitest';
import { shortSummary } from './short-summary.ts';

test.for([
  ['Release: tenant/acme env/production → api-gateway v2.1.0', 'Release: api-gateway v2.1.0'],
  ['Promotion: tenant/acme env/dev → env/staging: web v5.2.0', 'Promotion: web v5.2.0'],
  ['Rollback: tenant/globex env/staging → revision bc3f0a11', 'Rollback: revision bc3f0a11'],
  ['Four replicas of web in acme/production (#111)', 'Four replicas of web in acme/production (#111)'],
] as const)('“%s” is shown as “%s”', ([summary, shown]) => {
  expect(shortSummary(summary)).toBe(shown);
});
