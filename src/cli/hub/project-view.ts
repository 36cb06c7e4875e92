import type { Project } from '../../contract/project.ts';
import type { HubAccess } from '../hub-access.ts';
import type { OutputFormat } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { ago } from './ago.ts';
import { type Column, printFacts } from './print-list.ts';

const indexText = ({ index: { state, indexed, total, error } }: Project): string => {
  if (state === 'failed') return `failed: ${error ?? 'unknown'}`;
  if (state === 'running') return `running, ${indexed}${total === null ? '' : ` of ${total}`}`;
  return `${indexed}`;
};

/** The columns of a list of projects. */
export const projectColumns = (hub: HubAccess): readonly Column<Project>[] => [
  { title: 'NAME', cell: ({ slug }) => slug },
  { title: 'KIND', cell: ({ kind }) => kind },
  { title: 'BRANCH', cell: ({ branch }) => branch },
  { title: 'HEAD', cell: ({ head }) => head?.slice(0, 8) ?? 'empty' },
  { title: 'OPEN', cell: ({ openRequests }) => String(openRequests) },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
  { title: 'ENVIRONMENTS', cell: ({ environments }) => environments.join(', '), wide: true },
  { title: 'INDEXED', cell: indexText, wide: true },
  { title: 'REPOSITORY', cell: ({ upstream, gitUrl }) => upstream?.url ?? gitUrl, wide: true },
  { title: 'DESCRIPTION', cell: ({ description }) => description, wide: true },
];

/** Prints one project. */
export function printProject(
  terminal: Terminal,
  project: Project,
  { output, hub }: { readonly output: OutputFormat | undefined; readonly hub: HubAccess },
): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, project, output);
  if (output === 'name') return void terminal.stdout.write(`${printable(project.slug)}\n`);
  const { upstream } = project;
  return printFacts(terminal, [
    ['Project', project.slug],
    ['Name', project.name === project.slug ? undefined : project.name],
    ['Description', project.description],
    ['Kind', project.kind],
    ['Upstream', upstream?.url],
    ['Fetched', upstream && (upstream.fetchedAt === null ? 'never' : `${ago(hub, upstream.fetchedAt)} ago`)],
    ['Fetch error', upstream?.error],
    ['Branch', project.branch],
    ['Head', project.head ?? 'nothing has been pushed'],
    ['Clone', `git clone ${project.gitUrl}`],
    ['Environments', project.environments.join(', ')],
    ['Deployments', indexText(project)],
    ['Open requests', project.openRequests],
    ['Created', project.createdAt],
  ]);
}
