import { expect, test } from 'vitest';
import { withoutSecrets } from './request-log.ts';

test('what looks like a secret does not reach the log, and the rest does', () => {
  const lines: readonly [string, string][] = [
    ['fetch https://jane:hunter2@git.example.com/x failed', 'fetch https://…@git.example.com/x failed'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer …'],
    ['authorization: basic amFuZTpodW50ZXIy==', 'authorization: basic …'],
    ['GET /a?token=abc&b=1', 'GET /a?token=…&b=1'],
    ['token ghp_0123456789abcdef was refused', 'token ghp_… was refused'],
    ['tenant acme, mail jane@example.com', 'tenant acme, mail jane@example.com'],
  ];
  for (const [line, kept] of lines) expect(withoutSecrets(line)).toBe(kept);
});
