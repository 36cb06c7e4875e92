import type { DeploymentAuthor } from './deployment.ts';

/** What a commit says about who made it. */
export interface CommitWords {
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  /** What follows the first line. */
  readonly body: string;
}

interface Person {
  readonly name: string;
  readonly email: string;
}

const botName =
  /\[bot\]|\b(?:bot|renovate|dependabot|github-actions|argocd-image-updater|image-updater|flux(?:cd)?|ci|automation|jenkins)\b/i;

const isBot = ({ name, email }: Person): boolean =>
  botName.test(name) || /\[bot\]@|^(?:bot|ci)@/i.test(email);

/** In the order of how directly they name who wanted the change. */
const trailerNames = ['requested-by', 'triggered-by', 'co-authored-by', 'approved-by', 'signed-off-by'];
const longestLine = 400;

/** Who deployed: the author, or the person whom a bot's commit names, with the bot beside. */
export function deploymentAuthor(words: CommitWords): DeploymentAuthor {
  const { name, email } = words;
  const own: DeploymentAuthor = { name: name || email, email: email || undefined, bot: undefined };
  if (!isBot(words)) return own;
  const person = personBehind(words);
  return person ? { name: person.name, email: person.email || undefined, bot: own.name } : own;
}

/** The commits that we make name their requester in the block for people. */
const ownBlock = /^(?:Rollback|Undo|Release|Promotion): /;

function personBehind({ subject, body }: CommitWords): Person | undefined {
  const named = body
    .split(/\r?\n/)
    .filter((line) => line.length <= longestLine)
    .flatMap((line) => readTrailer(line, ownBlock.test(subject)))
    .filter(({ person }) => !isBot(person))
    .toSorted((a, b) => a.rank - b.rank);
  return named[0]?.person;
}

function readTrailer(line: string, own: boolean): { readonly rank: number; readonly person: Person }[] {
  const [, key = '', value = ''] = /^([A-Za-z-]+): +(\S.*)$/.exec(line) ?? [];
  const rank = own && key === 'Author' ? 0 : trailerNames.indexOf(key.toLowerCase());
  if (rank < 0) return [];
  const [, name = '', email = ''] = /^([^<]*)<([^<>\s]+)>\s*$/.exec(value) ?? [undefined, value, ''];
  const shown = name.trim() || email;
  return shown === '' ? [] : [{ rank, person: { name: shown, email } }];
}

/** The number of the pull or merge request that a commit came by, as the usual hosts write it. */
export function pullRequestOf({ subject, body }: Pick<CommitWords, 'subject' | 'body'>): number | undefined {
  const number =
    /^Merge pull request #(\d{1,9})\b/.exec(subject)?.[1] ??
    /^Merged PR (\d{1,9}):/.exec(subject)?.[1] ??
    /\(pull request #(\d{1,9})\)\s*$/.exec(subject)?.[1] ??
    /\((?:#|!)(\d{1,9})\)(?: from \S{1,250}(?: into \S{1,250})?)?\s*$/.exec(subject)?.[1] ??
    /^See merge request \S{0,300}!(\d{1,9})\s*$/m.exec(body)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** One line that says what changed: the title of the pull request where the first line only says "merged". */
export function summaryOf({ subject, body }: Pick<CommitWords, 'subject' | 'body'>): string {
  if (!/^Merge (?:pull request|branch|remote-tracking branch) /.test(subject)) return subject;
  const line = body.split(/\r?\n/).find((text) => text.trim() !== '');
  return line === undefined || /^(?:See merge request|Conflicts:|# )/.test(line) ? subject : line.trim();
}
