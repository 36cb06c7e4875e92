import type { AuditAction } from '../audit/audit-action.ts';
import type { AuditEntry, AuditValue } from '../audit/audit-entry.ts';
import { foldLine } from '../plan/commit-message.ts';
import type { Request } from '../request/request.ts';
import { requestName, requestWish } from '../request/request-words.ts';

/** An event to be told of: the entry, and what it is about as far as that still exists. */
export interface ToldEvent {
  readonly entry: AuditEntry;
  /** The slug of the project. */
  readonly project: string | undefined;
  readonly request: Request | undefined;
  /** Where a person can look at it. */
  readonly url: string | undefined;
}

interface Words {
  readonly who: string;
  readonly where: string;
  readonly wish: string;
  /** `jane’s rollback of …`. */
  readonly request: string;
  readonly details: AuditEntry['details'];
}

const limitQuote = 300;

const textOf = (value: AuditValue | undefined): string => (typeof value === 'string' ? value : '');

const clipped = (text: string): string =>
  text.length > limitQuote ? `${text.slice(0, limitQuote - 1).toWellFormed()}…` : text;

/** `: "why"`, or nothing where nothing was said. */
function quoted(value: AuditValue | undefined): string {
  const text = clipped(foldLine(textOf(value)));
  return text === '' ? '' : `: "${text}"`;
}

const votes = ({ counted, needed }: AuditEntry['details']): string =>
  typeof counted === 'number' && typeof needed === 'number' ? ` (${counted} of ${needed})` : '';

function waits({ approvalsNeeded: needed, state }: AuditEntry['details']): string {
  if (state !== 'pending' || typeof needed !== 'number') return '';
  return `; it waits for ${needed} ${needed === 1 ? 'approval' : 'approvals'}`;
}

const sentences: { readonly [Action in AuditAction]?: (words: Words) => string } = {
  'request.submitted': ({ who, wish, details }) =>
    `${who} asks to ${wish}${quoted(details['justification'])}${waits(details)}`,
  'request.approved': ({ who, request, details }) =>
    `${who} approved ${request}${votes(details)}${quoted(details['comment'])}`,
  'request.rejected': ({ who, request, details }) =>
    `${who} rejected ${request}${quoted(details['comment'])}`,
  'request.review_voided': ({ request }) => `${request} waits again: approvals of it do not count any more`,
  'request.executing': ({ request }) => `${request} is being carried out`,
  'request.completed': ({ request, details }) =>
    `${request} is done: commit ${textOf(details['commit']).slice(0, 8)}`,
  'request.failed': ({ request, details }) =>
    `${request} failed: ${clipped(foldLine(textOf(details['message'])))}`,
  'request.cancelled': ({ who, request, details }) =>
    `${who} cancelled ${request}${quoted(details['reason'])}`,
  'request.expired': ({ request }) => `${request} expired: nobody carried it out in time`,
  'request.noted': ({ who, request }) => `${who} left a note on ${request}`,
  'request.observed': ({ request, details }) =>
    `${request} is ${textOf(details['state'])}: ${clipped(foldLine(textOf(details['reason'])))}`,
  'request.verified': ({ request }) => `${request} is verified: clusters run it, in sync and healthy`,
  'request.unconfirmed': ({ request, details }) =>
    `${request} is not confirmed: ${clipped(foldLine(textOf(details['reason'])))}`,
  'request.regressed': ({ request, details }) =>
    `${request} was healthy and is not any more: ${clipped(foldLine(textOf(details['reason'])))}`,
  'break_glass.opened': ({ who, where, details }) =>
    `BREAK-GLASS: ${who} may act without approval${where} for ${Number(details['minutes'] ?? 0)} minutes${quoted(details['justification'])}`,
  'break_glass.used': ({ who, wish }) => `BREAK-GLASS: ${who} used a session, without approval, to ${wish}`,
  'break_glass.revoked': ({ who, where }) => `${who} ended a break-glass session${where}`,
  'break_glass.reviewed': ({ who, where, details }) =>
    `${who} reviewed a break-glass session${where}${quoted(details['comment'])}`,
  'webhook.pinged': ({ who }) => `Test event: ${who} asked whether events arrive here`,
};

function wordsOf({ entry, project, request }: ToldEvent): Words {
  const whose = request ? `${foldLine(request.requester.name)}'s ` : '';
  return {
    who: foldLine(entry.actor.name),
    where: project === undefined ? '' : ` in ${project}`,
    wish: request ? foldLine(requestWish(request)) : 'change something',
    request: request ? `${whose}${foldLine(requestName(request))}` : 'a request',
    details: entry.details,
  };
}

/**
 * What chat services take for markup or a call to everybody is said otherwise: `<!here>`, `&amp;`, `@channel`. What is
 * left is one line.
 */
const plain = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=\w)/g, '@\u2060');

/** An event as one line for people in a chat, with a link where there is something to look at. */
export function eventText(event: ToldEvent): string {
  const { action, object } = event.entry;
  const words = wordsOf(event);
  const sentence = sentences[action]?.(words);
  const said =
    sentence ?? `${words.who}: ${action.replace('.', ' ').replaceAll('_', ' ')}${words.where} (${object.id})`;
  return `${plain(said)}${event.url === undefined ? '' : ` ${event.url}`}`;
}
