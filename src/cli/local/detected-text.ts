import type { DetectedLayouts } from '../../app/detect-layout.ts';
import type { LayoutFigures } from '../../domain/layout/layout-figures.ts';
import type { LayoutProposal } from '../../domain/layout/propose-layouts.ts';
import { layoutOptions, projectText } from '../../domain/layout/write-project.ts';
import { count } from '../count.ts';
import { printable } from '../printable.ts';
import { shellWord } from '../shell-word.ts';
import type { Style } from '../style.ts';
import { table } from '../table.ts';

export interface DetectedTextOptions {
  /** Which proposal to write out, counted from 1. */
  readonly proposal: number;
  readonly style: Style;
}

const FEW_NAMES = 8;
const FEW_TEMPLATES = 6;

/** Proposed layouts as a person reads them, with what to commit or type for one of them. Ends with a line break. */
export function detectedText(detected: DetectedLayouts, { proposal, style }: DetectedTextOptions): string {
  const { proposals } = detected;
  const chosen = proposals[proposal - 1];
  const seen = `${count(detected.files, 'file')} of ${printable(detected.branch)} and ${count(detected.commits, 'past commit')}`;
  const partial = detected.complete ? '' : ' (not all of its files: there are too many)';
  if (!chosen) return `Looked at ${seen}${partial}; no usual layout was recognised.\n\n${byHand}`;
  return [
    `Looked at ${seen}${partial}.\n`,
    figuresTable(proposals) + style.faint(legend),
    ...proposals.map((one, at) => proposalText(one, at, style)),
    useText(chosen, proposal, detected.branch),
  ].join('\n');
}

const legend = `Own files belong to one tenant-environment, shared ones to several, other ones to none. Commits: those of whose
changed files the layout covers all (partly: some).
`;

const number = (value: number): string => value.toLocaleString('en');

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${Math.floor((part / whole) * 100)}%`;

function figuresTable(proposals: readonly LayoutProposal[]): string {
  const head = [
    '',
    'TENANTS',
    'ENVIRONMENTS',
    'SERVICES',
    'OWN FILES',
    'SHARED',
    'OTHER',
    'COMMITS',
    'PARTLY',
  ];
  const row = ({ tenants, environments, services, files, commits }: LayoutFigures, at: number) => [
    String(at + 1),
    ...[tenants.length, environments.length, services.length].map(number),
    ...[files.owned, files.shared, files.unmatched].map(number),
    percent(commits.whole, commits.total),
    percent(commits.partly, commits.total),
  ];
  return table([head, ...proposals.map(({ figures }, at) => row(figures, at))]);
}

function proposalText({ templates, figures }: LayoutProposal, at: number, style: Style): string {
  const shown = templates.slice(0, FEW_TEMPLATES).map(({ path }) => `   ${printable(path)}\n`);
  const more = templates.length - shown.length;
  const rest = more > 0 ? style.faint(`   and ${more} more\n`) : '';
  const names = (['tenants', 'environments', 'services'] as const).map((kind) => [
    `   ${kind}`,
    someOf(figures[kind]),
  ]);
  return `${style.heading(`Proposal ${at + 1}`)}\n${shown.join('')}${rest}${table(names)}`;
}

function someOf(names: readonly string[]): string {
  const more = names.length > FEW_NAMES ? `, and ${names.length - FEW_NAMES} more` : '';
  return printable(names.slice(0, FEW_NAMES).join(', ')) + more;
}

function useText(chosen: LayoutProposal, number: number, branch: string): string {
  const options = layoutOptions(chosen).map((template) => `--layout ${shellWord(template)}`);
  return [
    `To use proposal ${number}, commit this as knowngood.yaml at the root of ${printable(branch)}:\n`,
    projectText(chosen),
    'or, to try it first, add to a command:\n',
    `  ${options.join(' \\\n  ')}\n`,
  ].join('\n');
}

const byHand = `Say where things are in a knowngood.yaml at the root of the branch. A template names a folder (with /**) or a
file; {tenant}, {environment} and {service} each stand for one name in a path, and may be left out:

apiVersion: knowngood.dev/v1
kind: Project
environments: [dev, production]
layout:
  - path: apps/{service}/{environment}/**
  - path: apps/{service}/base/**

Or give the templates with each command: --layout 'apps/{service}/{environment:dev|production}/**'
`;
