import { expect, test } from 'vitest';
import { type AuditAction, auditActions } from '../audit/audit-action.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { type ToldEvent, eventText } from './event-text.ts';
import { requestOf } from '../request/request.test-kit.ts';
import type { Request } from '../request/request.ts';

const party = (name: string) => ({ personId: name, accountId: name, name, email: undefined });
const url = 'https://knowngood.example.com/requests/rbk-1';
const request: Request = requestOf({ requester: party('jane'), targetSha: 'abc12345'.repeat(5) });

const event = (
  action: AuditAction,
  details: AuditEntry['details'] = {},
  who = 'bob',
  about: Partial<ToldEvent> = {},
): ToldEvent => ({
  entry: {
    seq: 1,
    at: 0,
    actor: { ...party(who), credential: { kind: 'session', id: 'ses_1' } },
    action,
    object: { type: 'x', id: 'obj_1' },
    projectId: 'prj_1',
    requestId: undefined,
    flags: [],
    details,
  },
  project: 'shop',
  request: action.startsWith('request.') || action === 'break_glass.used' ? request : undefined,
  url: action.startsWith('request.') ? url : undefined,
  ...about,
});

const what = 'rollback of acme/production api-gateway to abc12345';

test('each step of a request is a sentence with a link', () => {
  const asked = { justification: 'bad image', approvalsNeeded: 1, state: 'pending' };
  expect(eventText(event('request.submitted', asked, 'jane'))).toBe(
    `jane asks to roll back acme/production api-gateway to abc12345: "bad image"; it waits for 1 approval ${url}`,
  );
  expect(eventText(event('request.submitted', { ...asked, state: 'executing' }, 'jane'))).toBe(
    `jane asks to roll back acme/production api-gateway to abc12345: "bad image" ${url}`,
  );
  expect(eventText(event('request.submitted', { ...asked, approvalsNeeded: 2 }))).toContain('2 approvals');
  expect(eventText(event('request.approved', { comment: 'go', counted: 1, needed: 2 }))).toBe(
    `bob approved jane's ${what} (1 of 2): "go" ${url}`,
  );
  expect(eventText(event('request.rejected', { comment: null }))).toBe(`bob rejected jane's ${what} ${url}`);
  expect(eventText(event('request.completed', { commit: 'def45678'.repeat(5) }))).toBe(
    `jane's ${what} is done: commit def45678 ${url}`,
  );
  expect(eventText(event('request.failed', { message: 'the upstream refused\nthe commit' }))).toBe(
    `jane's ${what} failed: the upstream refused the commit ${url}`,
  );
  expect(eventText(event('request.cancelled', { reason: 'no need' }))).toBe(
    `bob cancelled jane's ${what}: "no need" ${url}`,
  );
});

test('break-glass stands out', () => {
  const opened = { justification: 'checkout is down', minutes: 30 };
  expect(eventText(event('break_glass.opened', opened))).toBe(
    'BREAK-GLASS: bob may act without approval in shop for 30 minutes: "checkout is down"',
  );
  expect(eventText(event('break_glass.used'))).toBe(
    'BREAK-GLASS: bob used a session, without approval, to roll back acme/production api-gateway to abc12345',
  );
});

test('every action there is gives one line, also when its request is gone', () => {
  for (const action of auditActions) {
    const line = eventText(event(action, {}, 'bob', { request: undefined, url: undefined }));
    expect(line).toMatch(/^[^\n]{8,}$/);
    expect(line).not.toMatch(/undefined|NaN|null/);
  }
  expect(eventText(event('policy.changed'))).toBe('bob: policy changed in shop (obj_1)');
});

test('nothing that people typed calls a channel, makes a link, or breaks the line', () => {
  const typed = 'see <!here> <https://x.example.com|this> & @channel\n> quote \u202e';
  const line = eventText(event('request.rejected', { comment: typed }, 'bob <b>'));
  expect(line).toBe(
    `bob &lt;b&gt; rejected jane's ${what}: "see &lt;!here&gt; &lt;https://x.example.com|this&gt; &amp; @\u2060channel &gt; quote" ${url}`,
  );
  const long = eventText(event('request.failed', { message: 'x'.repeat(5000) }));
  expect(long.length).toBeLessThan(500);
});
