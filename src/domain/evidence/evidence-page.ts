import { type Party, partyName } from '../people/actor.ts';
import { changeSection } from './evidence-change.ts';
import type { Evidence } from './evidence.ts';
import { policyLines } from './evidence-policy.ts';
import { isoTime } from '../../std/iso-time.ts';
import { codeBlock, codeCell, codeSpan } from './markdown-code.ts';
import type { Review } from '../request/request.ts';
import { tenantEnvironmentName } from '../plan/scope.ts';

const time = (at: number): string => `\`${isoTime(at)}\``;
const who = (party: Party): string => `${codeSpan(partyName(party))} (${codeSpan(party.accountId)})`;
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const bullets = (lines: readonly (string | undefined)[]): string =>
  lines
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join('\n');

function requestSection({ request, project, generatedAt }: Evidence): readonly string[] {
  const { scope, targetSha, plan, duringFreeze, resubmitOf, closedAt } = request;
  const spans = (texts: readonly string[]): string => texts.map(codeSpan).join(', ');
  const target = scope.mode === 'undo' ? 'Undoes' : 'Target';
  return [
    `# Evidence for ${codeSpan(request.id)}`,
    `Written at ${time(generatedAt)}. Times are in UTC. What \`looks like this\` was written by people or is data.`,
    '## Who and where',
    bullets([
      `Project: ${codeSpan(project)}`,
      `Kind: ${request.kind}, mode ${scope.mode}`,
      `Where: ${spans(scope.where.map(tenantEnvironmentName))}`,
      scope.promotion === undefined ? undefined : `From: ${codeSpan(scope.promotion.from)}`,
      scope.service === undefined ? undefined : `Service: ${codeSpan(scope.service)}`,
      scope.selectedFields.length === 0 ? undefined : `Fields: ${spans(scope.selectedFields)}`,
      scope.keep.length === 0 ? undefined : `Kept as it is: ${spans(scope.keep)}`,
      scope.includeShared ? 'Shared paths are included' : undefined,
      plan.pins === undefined ? undefined : `Pinned: ${spans(plan.pins.map(({ name }) => name))}`,
      scope.allowDelete && scope.mode !== 'undo'
        ? 'Services that the target lacks may be deleted'
        : undefined,
      `State: **${request.state}**`,
      `Requested by: ${who(request.requester)} at ${time(request.submittedAt)}`,
      closedAt === undefined ? `Expires: ${time(request.expiresAt)}` : `Ended: ${time(closedAt)}`,
      duringFreeze === undefined ? undefined : `Not held up by the freeze ${codeSpan(duringFreeze)}`,
      resubmitOf === undefined ? undefined : `Repeats: ${codeSpan(resubmitOf)}`,
      `Planned on: ${codeSpan(request.baseSha)}`,
      targetSha === undefined ? undefined : `${target}: ${codeSpan(targetSha)}`,
      `Plan: ${codeSpan(request.digest)}`,
      `Changes: ${counted(plan.impact.services, 'service')}, ${counted(plan.impact.fields, 'field')}, ${counted(plan.impact.files, 'file')}`,
    ]),
    '## Why',
    codeBlock(request.justification),
  ];
}

function reviewText({ by, decision, at, comment, voided, digest }: Review): readonly string[] {
  const verb = decision === 'approve' ? 'Approved' : 'Rejected';
  const end =
    voided === undefined
      ? ''
      : ` It does not count any more since ${time(voided.at)}: ${codeSpan(voided.reason)}.`;
  const said = comment === undefined ? [] : [codeBlock(comment)];
  return [`${verb} by ${who(by)} at ${time(at)}, for plan ${codeSpan(digest)}.${end}`, ...said];
}

function reviewSection({ request, needed, counted: votes }: Evidence): readonly string[] {
  const { reviews } = request;
  return [
    '## Reviews',
    `${votes} of ${counted(needed, 'approval')} counted.`,
    ...(reviews.length === 0 ? ['Nobody has reviewed it.'] : reviews.flatMap(reviewText)),
  ];
}

function breakGlassSection({ request, session }: Evidence): readonly string[] {
  if (request.breakGlass === undefined) return ['## Break-glass', 'Not used.'];
  if (session === undefined) return ['## Break-glass', `Session ${codeSpan(request.breakGlass)} was used.`];
  const { id, by, openedAt, expiresAt, revokedAt, justification, review } = session;
  const end = revokedAt === undefined ? `until ${time(expiresAt)}` : `ended at ${time(revokedAt)}`;
  const reviewed =
    review === undefined
      ? ['Its review is owed.']
      : [`Reviewed by ${who(review.by)} at ${time(review.at)}:`, codeBlock(review.comment)];
  return [
    '## Break-glass',
    `The approval was bypassed by session ${codeSpan(id)} of ${who(by)}, opened at ${time(openedAt)}, ${end}:`,
    codeBlock(justification),
    ...reviewed,
  ];
}

function commitSection({ request, commit }: Evidence): readonly string[] {
  const { error } = request;
  const failure =
    error === undefined
      ? []
      : [
          `The last try ended without a commit at ${time(error.at)} (${codeSpan(error.code)}):`,
          codeBlock(error.message),
        ];
  if (request.commit === undefined) return ['## Commit', 'There is none.', ...failure];
  if (commit === undefined)
    return ['## Commit', `${codeSpan(request.commit)}, which is not in the repository any more.`];
  const { id, tree, author, committer, message } = commit;
  const facts = [
    `Commit: ${codeSpan(id)}`,
    `Tree: ${codeSpan(tree)}`,
    `Author: ${codeSpan(author)}`,
    `Committer: ${codeSpan(committer)}`,
  ];
  return ['## Commit', bullets(facts), codeBlock(message)];
}

const noteSection = ({ request: { notes } }: Evidence): readonly string[] =>
  notes.length === 0
    ? []
    : ['## Notes', ...notes.flatMap(({ by, at, text }) => [`${who(by)} at ${time(at)}:`, codeBlock(text)])];

function auditSection({ audit }: Evidence): readonly string[] {
  const rows = audit.map(({ entry: { seq, at, action, actor, flags }, hash }) => {
    const flagged = flags.length === 0 ? '' : ` (${flags.join(', ')})`;
    return `| ${seq} | ${time(at)} | ${action}${flagged} | ${codeCell(partyName(actor))} | \`${hash}\` |`;
  });
  return [
    '## Audit log',
    'Each hash covers its row and the hash of the row before, so that an export of the log can be checked against them.',
    ['| Row | Time | What | Who | Hash |', '|---|---|---|---|---|', ...rows].join('\n'),
  ];
}

/** One page of Markdown that answers who, why, what, approved by whom, and which commit. Same evidence, same text. */
export const evidencePage = (evidence: Evidence): string =>
  `${[
    ...requestSection(evidence),
    ...changeSection(evidence.change),
    '## Policy at submit',
    bullets(policyLines(evidence.request.policy)),
    ...reviewSection(evidence),
    ...breakGlassSection(evidence),
    ...commitSection(evidence),
    ...noteSection(evidence),
    ...auditSection(evidence),
  ].join('\n\n')}\n`;
