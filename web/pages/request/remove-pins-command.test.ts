import { expect, test } from 'vitest';
import type { Request } from '../../../src/contract/request.ts';
import { removePinsCommand } from './remove-pins-command.ts';
import { fullScope } from '../../words/request-scope.test-kit.ts';

const request = (...pins: Request['plan']['pins']) => ({
  project: 'shop',
  scope: {
    ...fullScope,
    shared: 'pin' as const,
  },
  plan: { pins: [...pins] },
});

test('the pins of a rollback are taken away by one command, whatever their names', () => {
  const pins = [
    { service: 'api', name: 'LEVEL', value: 'info', address: 'acme/api/variables.yaml#/LEVEL' },
    { service: 'web', name: 'a b', value: '3', address: 'acme/web/values.yaml#/a b' },
    { service: 'web', name: 'OLD', value: '4', address: null },
  ];
  expect(removePinsCommand(request(...pins))).toBe(
    "knowngood pins remove -p shop -t acme -e production 'api:acme/api/variables.yaml#/LEVEL' 'web:acme/web/values.yaml#/a b' web:OLD",
  );
});

test('a pin of no service has no command', () => {
  expect(
    removePinsCommand(
      request({ service: null, name: 'LEVEL', value: 'info', address: 'acme/variables.yaml#/LEVEL' }),
    ),
  ).toBeUndefined();
});
