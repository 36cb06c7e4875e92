import { expect, test } from 'vitest';
import { type Draft, aimOf, bodyOf, lastOpenStep, modes, stepOf } from './draft.ts';

const place = { project: 'shop', tenant: 'acme', environment: 'production' };
const target = 'a'.repeat(40);

test('a wizard without any choice begins at the scope', () => {
  expect(stepOf({})).toBe('scope');
  expect(stepOf(place)).toBe('scope');
  expect(stepOf({ step: 'submit' })).toBe('scope');
});

test('a row of the history leads to the preview at once', () => {
  expect(stepOf({ ...place, target })).toBe('preview');
  expect(stepOf({ ...place, target, service: 'web' })).toBe('preview');
  expect(aimOf({ ...place, target, service: 'web' })).toMatchObject({ mode: 'service', service: 'web' });
});

test('each step waits for the one before it', () => {
  expect(stepOf({ mode: 'service' })).toBe('place');
  expect(stepOf({ ...place, mode: 'service' })).toBe('place');
  expect(stepOf({ ...place, mode: 'service', service: 'web' })).toBe('revision');
  expect(stepOf({ ...place, mode: 'full', step: 'submit' })).toBe('revision');
  expect(stepOf({ ...place, mode: 'full', target, step: 'submit' })).toBe('submit');
  expect(stepOf({ ...place, mode: 'full', target, step: 'scope' })).toBe('scope');
});

test('field mode cannot be submitted before a field is chosen', () => {
  const draft = { ...place, mode: 'field', service: 'web', target } as const;
  expect(lastOpenStep(draft)).toBe('preview');
  expect(lastOpenStep({ ...draft, field: ['service.yaml#/image/tag'] })).toBe('submit');
});

test('what is sent is what was chosen', () => {
  const full = aimOf({ ...place, mode: 'full', service: 'web', target, field: ['x'], shared: 'include' });
  expect(full && bodyOf(full)).toEqual({
    mode: 'full',
    tenant: 'acme',
    environment: 'production',
    targetSha: target,
    shared: 'include',
    allowDelete: true,
  });
  const field = aimOf({ ...place, mode: 'field', service: 'web', target, field: ['x'], shared: 'include' });
  expect(field && bodyOf(field)).toMatchObject({
    service: 'web',
    selectedFields: ['x'],
    shared: 'leave',
  });
});

test('what becomes of shared values is the rule of the mode, or what was chosen', () => {
  const sharedOf = (draft: Draft) => aimOf({ ...place, service: 'web', target, ...draft })?.shared;
  expect(modes.map((mode) => sharedOf({ mode }))).toEqual(['pin', 'leave', 'leave']);
  expect(modes.map((mode) => sharedOf({ mode, shared: 'pin' }))).toEqual(['pin', 'pin', 'pin']);
  expect(modes.map((mode) => sharedOf({ mode, shared: 'leave' }))).toEqual(['leave', 'leave', 'leave']);
});
