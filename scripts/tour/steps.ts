/** One step of the tour in README.md: what to know, and the lines to type. */
export interface TourStep {
  readonly says: string;
  readonly lines: readonly string[];
}

const acme = '--repo clone -t acme -e production';
const globex = '--repo clone -t globex -e production';

export const tourSteps: readonly TourStep[] = [
  {
    says: 'Errors since the last release of `acme/production`. What was it, and what did it change?',
    lines: [`knowngood history ${acme} -n 4`, `knowngood fields ${acme}`],
  },
  {
    says: `**Undo a bad change.** One command takes back exactly what that commit changed, wherever it changed it; what
changed again since stays, and is listed. Without \`--yes\` you are asked first.`,
    lines: ["knowngood undo d654de54 --repo clone -m 'api-gateway v2.1.0 answers 500' --yes"],
  },
  {
    says: `**Roll one service back**, here to before its last change; \`--to\` takes a commit, a tag, \`HEAD~3\` or a time
such as \`2h\`. Files that others read too are left as they are, and named.`,
    lines: [`knowngood rollback ${globex} -s billing -m 'the pool drains the database' --yes`],
  },
  {
    says: '**Roll one field back**, and not one other byte. First, what there is to choose from:',
    lines: [
      `knowngood fields ${acme} -s worker`,
      `knowngood rollback ${acme} -s worker -f replicas -m 'six are too many' --yes`,
    ],
  },
  {
    says: 'Each was one commit on top; nothing was rewritten. `diff` is for reading line by line, and ends with 1.',
    lines: ['git -C clone log --oneline -4', `knowngood diff ${acme} -s worker --to 841c6847`],
  },
];
