import type { WireDryRun } from '../../contract/dry-run.ts';
import { count } from '../count.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';

type Cluster = WireDryRun['clusters'][number];
type DryRunObject = Cluster['objects'][number];

/** What the clusters would say to a plan as people read it, and what is missing to ask them. */
export function dryRunText({ clusters, missing, leftOut }: WireDryRun, style: Style): string {
  const lines = [
    style.heading('Server dry-run'),
    ...clusters.flatMap((cluster) => clusterLines(cluster, style)),
    ...missing.map(
      ({ service, layer, reason }) =>
        `  ${printable(service)}: ${style.warning('not asked')}, ${layer} is missing: ${printable(reason)}`,
    ),
    ...(clusters.length + missing.length === 0 ? ['  no object would be applied'] : []),
    ...(leftOut.length > 0
      ? [`  ${style.warning('left out')}: ${count(leftOut.length, 'more')} (name one service with -s)`]
      : []),
  ];
  return `\n${lines.join('\n')}\n`;
}

function clusterLines({ cluster, application, missing, objects }: Cluster, style: Style): readonly string[] {
  const title = printable(`${cluster}, ${application}`);
  if (missing)
    return [
      `  ${title}: ${style.warning('not asked')}, ${missing.layer} is missing: ${printable(missing.reason)}`,
    ];
  return [`  ${title}`, ...objects.flatMap((object) => objectLines(object, style))];
}

const words = {
  same: 'accepted, and nothing changes',
  created: 'accepted, and it is new',
  changed: 'accepted, and changes',
  refused: 'refused',
  unasked: 'not asked',
} as const;

function objectLines(object: DryRunObject, style: Style): readonly string[] {
  const { kind, namespace, name, outcome, fields, more } = object;
  const title = printable(`${kind} ${namespace === null ? '' : `${namespace}/`}${name}`);
  const isWell = outcome !== 'refused' && outcome !== 'unasked';
  const said = object.words === '' ? '' : `: ${printable(object.words)}`;
  return [
    `    ${isWell ? words[outcome] : style.warning(words[outcome])}: ${title}${said}`,
    ...fields.map(({ address, wanted, live, secret }) =>
      printable(`      ${address}: ${secret ? 'a secret value' : `${live} → ${wanted}`}`),
    ),
    ...(more > 0 ? [`      and ${count(more, 'field')} more`] : []),
  ];
}
