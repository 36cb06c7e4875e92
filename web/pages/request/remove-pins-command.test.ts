import { expect, test } from 'vitest';
import { removePinsCommand } from './remove-pins-command.ts';
import { fullScope } from '../../words/request-scope.test-kit.ts';

const request = (...pins: readonly { service: string | null; name: string; value: string }[]) => ({
  project: 'shop',
  scope: {
    ...fullScope,
    shared: 'pin' as const,
  },
  plan: { pins: [...pins] },
});

test('the pins of a rollback are taken away by one command, whatever their names', () => {
  const pins = [
    { service: 'api', name: 'LEVEL', value: 'info' },
    { service: 'web', name: 'a b', value: '3' },
  ];
  expect(removePinsCommand(request(...pins))).toBe(
    "knowngood pins remove -p shop -t acme -e production api:LEVEL 'web:a b'",
  );
});

test('a pin of no service has no command', () => {
  expect(removePinsCommand(request({ service: null, name: 'LEVEL', value: 'info' }))).toBeUndefined();
});
