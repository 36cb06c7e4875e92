import { type Party, partyOf } from '../people/actor.ts';
import type { AuditRow } from '../audit/audit-entry.ts';
import type { Evidence } from './evidence.ts';
import type { Request } from '../request/request.ts';
import { NOON, approvalBy, cast, requestOf, scopeOf, sessionOf } from '../request/request.test-kit.ts';

const minutes = (count: number): number => NOON + count * 60_000;

const row = (seq: number, action: AuditRow['entry']['action'], text: string): AuditRow => ({
  entry: {
    seq,
    at: minutes(seq),
    actor: { ...partyOf(cast.r), email: text, credential: { kind: 'session', id: 'ses_1' } },
    action,
    object: { type: 'request', id: 'rbk-1' },
    projectId: 'prj_1',
    requestId: 'rbk-1',
    flags: seq === 2 ? ['break_glass'] : [],
    details: {},
  },
  prev: String(seq - 1).repeat(64),
  hash: String(seq).repeat(64),
});

const completed = (text: string, by: Party): Request => {
  const request = requestOf();
  return requestOf({
    state: 'completed',
    scope: scopeOf({
      service: text,
      selectedFields: [text],
      keep: [text],
      allowDelete: true,
      where: [{ tenant: text, environment: text }],
    }),
    justification: text,
    requester: { ...partyOf(cast.r), email: text },
    policy: {
      ...request.policy,
      eligible: [{ people: [text], groups: [text] }],
      freezeWindows: [
        { kind: 'weekly', name: text, from: 'Fri 16:00', to: 'Mon 08:00', offset: '+02:00' },
        { kind: 'single', name: text, from: '2025-12-20T00:00:00Z', to: '2026-01-02T00:00:00Z' },
      ],
    },
    duringFreeze: text,
    resubmitOf: 'rbk-0',
    reviews: [
      approvalBy('a', { by, comment: text, voided: { at: minutes(3), reason: text } }),
      approvalBy('b', { decision: 'reject', at: minutes(4) }),
    ],
    breakGlass: 'bgs-1',
    notes: [{ by, text, at: minutes(5) }],
    commit: 'a'.repeat(40),
    closedAt: minutes(6),
  });
};

/** Evidence with everything in it; wherever a person or a repository has the word, they say `text`. */
export function evidenceSaying(text: string): Evidence {
  const by = { ...partyOf(cast.a), email: text };
  const fields = [
    { file: text, address: text, field: text, before: text, after: { a: [text] }, secret: false },
    { file: text, address: text, field: 'password', before: text, after: undefined, secret: true },
  ];
  return {
    request: completed(text, by),
    project: 'shop',
    needed: 1,
    counted: 1,
    session: sessionOf({ justification: text, review: { by, comment: text, at: minutes(90) } }),
    change: { services: [{ service: text, files: [], fields }], diff: `--- ${text}\n+++ ${text}\n` },
    commit: {
      id: 'a'.repeat(40),
      tree: 'b'.repeat(40),
      message: text,
      author: `${text} <${text}>`,
      committer: 'Knowngood <knowngood@localhost>',
    },
    audit: [row(1, 'request.submitted', text), row(2, 'request.completed', text)],
    generatedAt: minutes(120),
  };
}
