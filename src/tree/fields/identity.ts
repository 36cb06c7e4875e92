import { bracketText } from './address.ts';
import { behind, scalarAt, type CollectionNode, type FieldChild } from './node.ts';

interface Identity {
  readonly fields: readonly string[];
  /** A weak identity is a setting that people also edit: two lists of one length that differ in it pair by position. */
  readonly weak?: true;
}

/**
 * By which fields the items of a list of mappings are told apart, tried from the top. A row counts when every item
 * of both lists has all its fields and no two items of a list agree. Dots lead into the item.
 */
const identities: readonly Identity[] = [
  // What Kubernetes itself merges by, and nearly every other list in this world.
  { fields: ['name'] },
  { fields: ['key'] },
  { fields: ['id'] },
  // Objects named inside a list: subjects, inline manifests, references.
  { fields: ['kind', 'name'] },
  { fields: ['kind', 'name', 'namespace'] },
  { fields: ['name', 'namespace'] },
  { fields: ['metadata.name'] },
  { fields: ['kind', 'metadata.name'] },
  // External Secrets, Prometheus rules, conditions and hooks.
  { fields: ['secretKey'] },
  { fields: ['extract.key'] },
  { fields: ['alert'] },
  { fields: ['record'] },
  { fields: ['uid'] },
  // Places: a mount, a host, a patch file, a source. Moved now and then, so weak.
  { fields: ['mountPath'], weak: true },
  { fields: ['path'], weak: true },
  { fields: ['host'], weak: true },
  { fields: ['ip'], weak: true },
  { fields: ['repoURL'], weak: true },
  { fields: ['repoURL', 'path'], weak: true },
  { fields: ['repoURL', 'chart'], weak: true },
  { fields: ['url'], weak: true },
  { fields: ['ref'], weak: true },
  { fields: ['containerPort'], weak: true },
  { fields: ['containerPort', 'protocol'], weak: true },
  { fields: ['port'], weak: true },
  { fields: ['port', 'protocol'], weak: true },
  { fields: ['secretName'], weak: true },
  { fields: ['secretRef.name'], weak: true },
  { fields: ['configMapRef.name'], weak: true },
  // kustomize patches whose text stands inline.
  { fields: ['target.kind', 'target.name'], weak: true },
  { fields: ['target.name'], weak: true },
  { fields: ['target.kind'], weak: true },
  { fields: ['type'], weak: true },
];

/** Gives an item its step in an address, or undefined when this identity does not fit it. */
export type Stepper = (item: FieldChild) => string | undefined;

export interface ListIdentity {
  readonly step: Stepper;
  readonly weak: boolean;
}

/** The identities that could tell the items of these lists apart, best first. Empty when only positions are left. */
export function identitiesFor(lists: readonly CollectionNode[]): readonly ListIdentity[] {
  const items = lists.flatMap((list) => list.children);
  if (items.every((item) => behind(item.node).kind === 'scalar'))
    return [textIdentity(withoutVersion), textIdentity((text) => text)];
  if (!items.every((item) => behind(item.node).kind === 'map')) return [];
  return identities.map(({ fields, weak }) => ({
    step: (item) => fieldStep(item, fields),
    weak: weak === true,
  }));
}

function fieldStep(item: FieldChild, fields: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const field of fields) {
    const text = scalarAt(item.node, field.split('.'));
    if (text === undefined || !fitsAddress(text)) return undefined;
    parts.push(`${field}=${bracketText(text)}`);
  }
  return `[${parts.join(',')}]`;
}

const textIdentity = (shorten: (text: string) => string): ListIdentity => ({
  weak: false,
  step: ({ node }) => {
    const real = behind(node);
    const text = real.kind === 'scalar' ? shorten(real.text) : '';
    return fitsAddress(text) ? `[${bracketText(text)}]` : undefined;
  },
});

const fitsAddress = (text: string): boolean => text !== '' && text.length <= 300 && !/\p{Cc}/u.test(text);

/**
 * What stays of a list item when its version changes: `--level=debug` is `--level`, `A=1` is `A`, a remote base loses
 * its `?ref=`, an image its tag and digest.
 */
export function withoutVersion(text: string): string {
  const setting = /^(-{0,2}[A-Za-z_][\w.-]*)=/.exec(text)?.[1];
  if (setting !== undefined) return setting;
  const query = /[?&](?:ref|version|tag)=/.test(text) ? text.slice(0, text.indexOf('?')) : text;
  const image = query.replace(/@sha256:[0-9a-f]+$/, '');
  const tag = /^(.+\/[^/:]+):[\w][\w.-]*$/.exec(image) ?? /^([^/:\s]+):v?\d[\w.-]*$/.exec(image);
  return tag?.[1] ?? image;
}
