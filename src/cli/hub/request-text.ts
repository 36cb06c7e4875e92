import type { Request } from '../../contract/request.ts';
import { age, utc } from '../age.ts';
import { count } from '../count.ts';
import { changeLines } from '../plan-changes.ts';
import type { PlanView, ShownPlan } from '../plan-view.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { table } from '../table.ts';
import { tenantEnvironmentName } from '../../domain/plan/scope.ts';
import { approversLine } from './outlook-lines.ts';
import { kindText, personText, shortId, verificationText, whereText } from './request-words.ts';

/** How a request is shown: like a plan, at a moment in milliseconds, with its plan where that was asked for. */
export interface RequestView extends PlanView {
  readonly now: number;
  /** Where the page of the request is. */
  readonly server: string;
  readonly plan: ShownPlan | undefined;
}

/** `completed` in the colour of good news, `failed` of bad. */
export function stateText(state: Request['state'], style: Style): string {
  if (state === 'completed' || state === 'approved') return style.added(state);
  if (state === 'pending' || state === 'executing') return style.warning(state);
  return style.removed(state);
}

const ago = (moment: string, now: number): string => `${age(Date.parse(moment) / 1000, now / 1000)} ago`;

const recurringText = ({ recurring, scope }: Request): string =>
  recurring === null
    ? ''
    : `rollback ${recurring} of ${scope.where.map(tenantEnvironmentName).join(', ')} within 30 days`;

function votesText({ approvalsCounted, approvalsNeeded, approvers }: Request): string {
  if (approvalsNeeded === 0) return 'none needed';
  const who = approvers ? `; ${approversLine(approvers)} can approve` : '';
  return `${approvalsCounted} of ${approvalsNeeded}${who}`;
}

function factLines(request: Request, { now, server }: RequestView): string {
  const { targetSha, requester, breakGlass, scope } = request;
  const open = request.state === 'pending' || request.state === 'approved';
  const rows: readonly (readonly [string, string])[] = [
    ['Project', request.project],
    [scope.mode === 'undo' ? 'Commit' : 'To', shortId(targetSha)],
    ['From', scope.from ?? ''],
    ['Fields', request.selectedFields.join(', ')],
    ['Kept', scope.keep.join(', ')],
    ['Held, too', scope.hold.join(', ')],
    ['Why', request.justification],
    ['Asked by', `${personText(requester)}, ${ago(request.submittedAt, now)}`],
    ['Approvals', votesText(request)],
    ['Break-glass', breakGlass?.justification ?? ''],
    ['In a freeze', request.duringFreeze ?? ''],
    ['Expires', open ? request.expiresAt : ''],
    ['Committed', shortId(request.commit)],
    ['In clusters', verificationText(request)],
    ['Recurring', recurringText(request)],
    ['Failed', request.error?.message ?? ''],
    ['Again as', request.resubmittedAs ?? ''],
    ['Again of', request.resubmitOf ?? ''],
    ['Digest', request.digest],
    ['Page', `${server}/requests/${request.id}`],
  ];
  const shown = rows.filter(([, text]) => text !== '');
  return table(shown.map(([name, text]) => [`  ${name}:`, printable(text)]));
}

function planLines({ kind, plan: summary }: Request, view: RequestView): readonly string[] {
  const { impact, services, hazards, shared, kept } = summary;
  const parts = [
    [impact.services, 'service'],
    [impact.fields, 'field'],
    [impact.files, 'file'],
  ] as const;
  const counts = parts.filter(([number]) => number > 0).map(([number, word]) => count(number, word));
  const below = view.plan
    ? changeLines(view.plan, view)
    : services.flatMap(({ service, changes }) => [
        `  ${service === null ? '(no service)' : printable(service)}`,
        ...changes.map((change) => `    ${printable(change)}`),
      ]);
  return [
    '',
    view.style.heading(`Changes: ${counts.join(' · ') || 'none'}`),
    ...below,
    ...keptLines(kind, kept),
    ...(shared.included > 0
      ? [`  ${count(shared.included, 'shared path')} ${kind === 'rollback' ? 'restored' : 'written'} too`]
      : []),
    ...hazards.map(({ message }) => `  ${view.style.warning('Hazard')}: ${printable(message)}`),
  ];
}

function keptLines(kind: Request['kind'], kept: number): readonly string[] {
  if (kept === 0) return [];
  return kind === 'promotion'
    ? [`  ${count(kept, 'difference')} between the environments ${kept === 1 ? 'stays' : 'stay'}`]
    : [`  ${count(kept, 'match', 'matches')} of keep patterns stay as they are`];
}

/** What happened, oldest first: the submission, reviews, notes, and the end. */
function timeline(request: Request): readonly (readonly [string, string])[] {
  const said = (text: string | null): string => (text === null || text === '' ? '' : `: ${text}`);
  const { closedAt, commit, error, state } = request;
  const entries: (readonly [string, string])[] = [
    [request.submittedAt, `${personText(request.requester)} asked`],
    ...request.reviews.flatMap(({ by, decision, comment, at, voided }): (readonly [string, string])[] => [
      [at, `${personText(by)} ${decision === 'approve' ? 'approved' : 'rejected'}${said(comment)}`],
      ...(voided
        ? [[voided.at, `the review of ${personText(by)} counts no more: ${voided.reason}`] as const]
        : []),
    ]),
    ...request.notes.map(({ by, text, at }) => [at, `${personText(by)} noted: ${text}`] as const),
    ...(error ? [[error.at, `failed: ${error.message}`] as const] : []),
    ...(closedAt === null
      ? []
      : [[closedAt, commit === null ? state : `${state}: ${shortId(commit)}`] as const]),
  ];
  return entries.sort(([one], [other]) => Date.parse(one) - Date.parse(other));
}

function timelineLines(request: Request, { style }: RequestView): readonly string[] {
  const entries = timeline(request).map(
    ([at, text]) => `  ${style.faint(utc(Math.floor(Date.parse(at) / 1000)))}  ${printable(text)}`,
  );
  return ['', style.heading('Timeline'), ...entries];
}

/** What can be done now, as commands to type. */
function nextLines({ id, actions }: Request, { style }: RequestView): readonly string[] {
  const may = (action: string): boolean => actions.some((one) => one.action === action && one.allowed);
  const commands = [
    ...(may('approve') ? [`knowngood approve ${id}`] : []),
    ...(may('reject') ? [`knowngood reject ${id} --comment WHY`] : []),
    ...(may('execute') ? [`knowngood execute ${id}`] : []),
    ...(may('resubmit') ? [`knowngood resubmit ${id}`] : []),
  ];
  return commands.length === 0 ? [] : ['', ...commands.map((line) => style.faint(`  ${line}`))];
}

/** A request as a person reads it before saying yes or no. Ends with a line break. */
export function requestText(request: Request, view: RequestView): string {
  const { style } = view;
  const title = `${kindText(request)} ${request.kind === 'rollback' ? 'of' : 'to'} ${whereText(request)}`;
  const head = `${style.heading(printable(title))}  ${printable(request.id)}  ${stateText(request.state, style)}`;
  const lines = [...planLines(request, view), ...timelineLines(request, view), ...nextLines(request, view)];
  return `${head}\n${factLines(request, view)}${lines.join('\n')}\n`;
}
