import { expect, test } from 'vitest';
import { isTouched } from './events.ts';

test('an event makes old what belongs to its project, and what belongs to none', () => {
  const ofShop = { project: 'shop' };
  expect(isTouched(['getProject', { params: { slug: 'shop' } }], ofShop)).toBe(true);
  expect(isTouched(['listDeployments', { params: { slug: 'other' } }, 'pages'], ofShop)).toBe(false);
  expect(isTouched(['listRequests', { query: {} }], ofShop)).toBe(true);
  expect(isTouched(['listProjects'], ofShop)).toBe(true);
});

test('an event of no project makes everything old', () => {
  expect(isTouched(['getProject', { params: { slug: 'shop' } }], { project: null })).toBe(true);
});
