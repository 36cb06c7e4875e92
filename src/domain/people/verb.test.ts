import { expect, test } from 'vitest';
import { grantableVerbs, isGrantable, verbTable, verbs } from './verb.ts';

test('deciding for people is for persons alone', () => {
  expect(verbs.filter((verb) => verbTable[verb].personOnly)).toEqual([
    'approve',
    'break_glass',
    'break_glass_end',
    'break_glass_review',
    'lift_hold',
  ]);
});

test('rights over the whole instance cannot be given as grants', () => {
  expect(verbs.filter((verb) => !isGrantable(verb))).toEqual([
    'own_account',
    'break_glass_end',
    'tokens',
    'webhooks',
    'clusters',
    'audit',
    'members',
    'plan',
    'agent_report',
  ]);
  expect(new Set(grantableVerbs).size).toBe(grantableVerbs.length);
});

test('each verb reads well after "you may not"', () => {
  expect(verbs.filter((verb) => !/^[a-z][a-z -]+$/.test(verbTable[verb].phrase))).toEqual([]);
});
