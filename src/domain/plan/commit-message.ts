import { assertNever, invariant } from '../../std/invariant.ts';
import type { Plan } from './plan.ts';
import { shortTarget } from './plan-parts.ts';

/** How a commit came to be allowed. */
export type ApprovalNote =
  | { readonly kind: 'local' }
  | { readonly kind: 'not_required' }
  | { readonly kind: 'approved'; readonly by: readonly string[]; readonly quorum: number }
  | { readonly kind: 'break_glass'; readonly session: string };

/** What a commit message says besides its plan. All of it may come from people and is folded to one line each. */
export interface CommitNote {
  readonly justification: string;
  /** The requester's e-mail address. */
  readonly author: string;
  readonly approval: ApprovalNote;
  /** Absent in local mode, where there is no request. */
  readonly requestId: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** Undo only: the first line of the commit that is undone. */
  readonly subject?: string;
}

const LIMIT_TEXT = 4096;

/** Control characters, line and paragraph separators, and format characters, which reorder or hide text. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of harmless text, so that nobody can forge a line of the block or a trailer. */
export function foldLine(text: string): string {
  const folded = text.replaceAll(unsafe, ' ').replaceAll(/ {2,}/g, ' ').trim().toWellFormed();
  return folded.length > LIMIT_TEXT ? `${folded.slice(0, LIMIT_TEXT - 1).toWellFormed()}…` : folded;
}

function approvalText(approval: ApprovalNote): string {
  switch (approval.kind) {
    case 'local':
      return 'Local';
    case 'not_required':
      return 'Not required';
    case 'approved':
      return `Approved by ${approval.by.map(foldLine).join(', ')} (quorum: ${approval.by.length}/${approval.quorum})`;
    case 'break_glass':
      return `Bypassed by break-glass ${approval.session} (see audit)`;
    default:
      return assertNever(approval);
  }
}

function title(plan: Plan, note: CommitNote): string {
  const short = shortTarget(plan);
  if (plan.kind === 'undo')
    return `Undo: commit ${short}${note.subject ? ` "${foldLine(note.subject)}"` : ''}`;
  invariant(plan.tenant !== undefined && plan.environment !== undefined, 'it has a tenant-environment');
  const where = `tenant/${foldLine(plan.tenant)} env/${foldLine(plan.environment)}`;
  if (plan.kind === 'release') return `Release: ${where} → ${releasedText(plan)}`;
  if (plan.kind === 'promotion')
    return `Promotion: tenant/${foldLine(plan.tenant)} env/${foldLine(plan.from ?? '')} → env/${foldLine(plan.environment)}: ${releasedText(plan)}`;
  return `Rollback: ${where} → revision ${short}`;
}

const namedServices = 3;

/** `api-gateway v2.1.0, checkout, …`: the services, each with the image tag that it gets. */
function releasedText({ services }: Plan): string {
  const names = services.map(({ service, fields }) => {
    const tags = fields.filter(({ address, secret }) => !secret && address.endsWith('#/image/tag'));
    const tag = tags.length === 1 ? tags[0]?.after : undefined;
    const name = service ?? 'its own configuration';
    return foldLine(typeof tag === 'string' ? `${name} ${tag}` : name);
  });
  const more = names.length > namedServices ? [...names.slice(0, namedServices), '…'] : names;
  return foldLine(more.join(', '));
}

/** Who chose fields, or writes something new, wants to see what. */
const scopeLines = (plan: Plan): readonly (string | undefined)[] => {
  const fields = plan.mode === 'field' ? `Fields: ${chosenFields(plan)}` : undefined;
  const service = plan.service === undefined ? undefined : `Service: ${foldLine(plan.service)}`;
  if (plan.kind === 'release') return [service, fields];
  if (plan.kind === 'promotion') return [`From: ${foldLine(plan.from ?? '')}`, service];
  return [`Mode: ${plan.mode}`, service, fields];
};

const labels = {
  rollback: 'Rollback',
  undo: 'Rollback',
  release: 'Release',
  promotion: 'Promotion',
} as const;

function aimLine({ kind, target }: Plan): string | undefined {
  if (target === undefined) return undefined;
  return kind === 'undo' ? `Undo-Of: ${target}` : `Rollback-Target: ${target}`;
}

const chosenFields = (plan: Plan): string =>
  plan.services.flatMap(({ fields }) => fields.map(({ field }) => foldLine(field))).join(', ');

/**
 * The message of the commit that carries out a plan: the documented block for people, then trailers for programs.
 * Same plan and note, same text.
 */
export function commitMessage(plan: Plan, note: CommitNote): string {
  const label = labels[plan.kind];
  const block = [
    ...scopeLines(plan),
    `Justification: ${foldLine(note.justification)}`,
    `Author: ${foldLine(note.author)}`,
    `Approval: ${approvalText(note.approval)}`,
    note.requestId === undefined ? undefined : `${label} Request ID: ${note.requestId}`,
  ];
  const trailers = [
    note.requestId === undefined ? undefined : `${label}-Request-Id: ${note.requestId}`,
    aimLine(plan),
    `Plan-Digest: ${note.digest}`,
  ];
  const lines = (list: readonly (string | undefined)[]) =>
    list.filter((line) => line !== undefined).join('\n');
  const reverts = plan.kind === 'undo' ? [`This reverts commit ${plan.target}.`] : [];
  return `${[title(plan, note), ...reverts, lines(block), lines(trailers)].join('\n\n')}\n`;
}
