import { unifiedDiff } from '../domain/diff/unified-diff.ts';
import type {
  MissingLayer,
  RenderedChange,
  RenderedObject,
  RenderedService,
} from '../domain/rendered/rendered-change.ts';
import { count } from './count.ts';
import { painted } from './painted-diff.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

const marks = { added: '+', changed: '~', removed: '-' } as const;
const plain = (text: string): string => text;
const entry = { mode: '100644', oid: '' } as const;

/** The rendered objects of a change as people read them: object by object, and which layers are missing. */
export function renderedText({ tools, services, leftOut }: RenderedChange, style: Style): string {
  const by = tools.map(({ name, version }) => `${name} ${printable(version)}`).join(', ');
  const lines = [
    style.heading(by === '' ? 'Rendered objects' : `Rendered objects (${by})`),
    ...services.flatMap((service) => serviceLines(service, style)),
    ...(services.length === 0 ? ['  nothing that is rendered changes'] : []),
    ...(leftOut.length > 0
      ? [`  ${style.warning('left out')}: ${count(leftOut.length, 'more service')} (name one with -s)`]
      : []),
  ];
  return `\n${lines.join('\n')}\n`;
}

function serviceLines(service: RenderedService, style: Style): readonly string[] {
  const { tenant, environment, service: name, objects, unchanged, missing, hazards } = service;
  const title = printable(`${tenant}/${environment}/${name}`);
  const same = `${count(unchanged, 'object')} as before`;
  return [
    `  ${title}: ${missing.length > 0 ? style.warning('not rendered, so its hazards are not known') : objects.length === 0 ? same : countsOf(service)}`,
    ...missing.map((layer) => `    ${style.warning('!')} ${missingText(layer)}`),
    ...hazards.map(({ message }) => `    ${style.warning('!')} ${printable(message)}`),
    ...objects.flatMap((object) => objectLines(object, style)),
  ];
}

const changes = ['added', 'changed', 'removed'] as const;

function countsOf({ objects, unchanged }: RenderedService): string {
  const counts = changes.flatMap((change) => {
    const found = objects.filter((object) => object.change === change).length;
    return found === 0 ? [] : [`${found} ${change}`];
  });
  return [...counts, ...(unchanged > 0 ? [`${unchanged} as before`] : [])].join(', ');
}

/** Of which state, what, and where it is written. */
function missingText({ of, reason, at }: MissingLayer): string {
  const where = at === undefined ? '' : `${at.file}:${at.line}: `;
  const state = of === 'both' ? '' : of === 'present' ? 'now: ' : 'at the target: ';
  return printable(`${state}${where}${reason}`);
}

function objectLines(object: RenderedObject, style: Style): readonly string[] {
  const { change, kind, namespace, name, before, after, hidden } = object;
  const paint = change === 'added' ? style.added : change === 'removed' ? style.removed : plain;
  const title = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const head = `    ${paint(`${marks[change]} ${printable(title)}`)}`;
  if (hidden) return [head, `      ${style.faint('too long to be shown')}`];
  // What goes away is named; its text is in the repository.
  if (change === 'removed') return [head];
  const file = { path: 'object', change: 'modified', before: entry, after: entry } as const;
  const lines = unifiedDiff([{ file, before: before ?? '', after, hidden: undefined }]);
  const shown = lines.filter((line) => line.kind !== 'heading');
  return [head, ...shown.map((line) => `      ${painted(line, style)}`)];
}
