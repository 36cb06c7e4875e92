import { expect, test } from 'vitest';
import { placeCommand } from './place-command.ts';

const where = { project: 'shop', tenant: 'acme', environment: 'production' };

test('a command names the whole place, and the service where there is one', () => {
  expect(placeCommand('history', where)).toBe('knowngood history -p shop -t acme -e production');
  expect(placeCommand('release', { ...where, service: 'web' }, ['--set', 'image.tag=v2'])).toBe(
    'knowngood release -p shop -t acme -e production -s web --set image.tag=v2',
  );
});

test('a name from a repository cannot become a command of its own', () => {
  expect(placeCommand('history', { ...where, tenant: '$(reboot)' })).toBe(
    "knowngood history -p shop -t '$(reboot)' -e production",
  );
});
