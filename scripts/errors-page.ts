import { exitCodeOf } from '../src/cli/exit-code.ts';
import type { RefusalKind } from '../src/domain/refusal/refusal.ts';
import { refusalTable } from '../src/domain/refusal/refusal.ts';

const kinds: Readonly<Record<RefusalKind, string>> = {
  usage: 'The command names something that is not there, or leaves out what is needed.',
  invalid: 'The request is understood but cannot be carried out as it stands.',
  not_found: 'What is named does not exist, or may not be seen.',
  too_large: 'It exceeds a limit on size.',
  unprocessable: 'It is well formed, but contradicts itself or what was sent before.',
  unauthenticated: 'Nobody is signed in, or the credential is not accepted.',
  forbidden: 'Whoever asks is not allowed to.',
  wrong_state: 'It is not, or no longer, in a state that allows this.',
  conflict: "Somebody else's change stands in the way; look again, then repeat.",
  limited: 'Too much at once; repeat later.',
  unavailable: 'Something that is needed does not answer or cannot be used; repeat when it can.',
  failed: 'It was tried and did not work.',
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function section(kind: RefusalKind): string {
  const rows = Object.entries(refusalTable)
    .filter(([, row]) => row.kind === kind)
    .map(([code, row]) => `| \`${code}\` | ${cell(row.message)} |`);
  if (rows.length === 0) return '';
  return `## ${kind}: exit code ${exitCodeOf(kind)}

${kinds[kind]}

| code | message |
|---|---|
${rows.join('\n')}

`;
}

/** The text of docs/errors.md, made from the table of refusals. */
export const errorsPage = (): string =>
  `# Errors

<!-- Written by \`npm run docs\` from src/domain/refusal/refusal.ts. Do not edit. -->

Each way in which Knowngood says no has a code that never changes its meaning, and a message for people. \`{name}\`
stands for a fact of the case. The command line prints \`knowngood: MESSAGE\` on stderr, or with \`-o json\` one line
\`{"error": {"code", "message", "details"}}\`.

Exit codes: 0 done (or nothing to do), 1 failed, 2 the command or its input cannot be right, 4 not signed in or not allowed, 5 conflict,
8 waiting for approval or, with --wait, for clusters, 130 interrupted. A comparing command, \`diff\`, ends with 1 when it found differences, and with 2
where others end with 1.

Two codes are not in the tables below: \`usage\` (exit code 2), when the command line itself cannot be read, and \`bug\`
(exit code 1), for everything we did not foresee; please report it with the output under \`KNOWNGOOD_DEBUG=1\`.

${(Object.keys(kinds) as RefusalKind[]).map(section).join('')}`.trimEnd() + '\n';
