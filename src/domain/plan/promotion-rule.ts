import { parseAddress, unescapeStep } from '../../tree/fields/address.ts';
import type { FieldChange } from '../../tree/fields/change.ts';
import type { CarriedKind } from './carried-kinds.ts';
import { type KeepPattern, namesField } from './keep.ts';

/** From which environment to which, and what of it. */
export interface PromotionRule {
  readonly from: string;
  readonly to: string;
  readonly carry: readonly CarriedKind[];
  readonly keep: readonly KeepPattern[];
}

/** Why a field stays; `pattern` when a keep pattern says so. */
export interface Staying {
  readonly reason: string;
  readonly pattern: string | undefined;
}

/** Decides about a field that differs between two environments: undefined when it is carried. `path` is the later one's. */
export function whyStays(rule: PromotionRule, path: string, field: FieldChange): Staying | undefined {
  const pattern = rule.keep.find((each) => namesField(each, path, field.address));
  if (pattern) return { reason: 'a keep pattern names it', pattern: pattern.source };
  const reason = reasonOf(rule, path, field);
  return reason === undefined ? undefined : { reason, pattern: undefined };
}

function reasonOf({ from, to, carry }: PromotionRule, path: string, field: FieldChange): string | undefined {
  const steps = stepsOf(field.address);
  const kind = kindOf(path.slice(path.lastIndexOf('/') + 1), steps, field);
  if (kind === undefined) return 'it is no image, chart version, value or variable';
  if (!carry.includes(kind)) return `promoted is only: ${carry.join(', ')}`;
  if (field.after === undefined) return `${from} does not have it`;
  if (kind === 'image' || kind === 'chart') return undefined;
  if (field.secret || holdsReference(field, steps)) return 'a secret belongs to its environment';
  const word = steps.flatMap(wordsOf).find((one) => placeWords.has(one));
  if (word !== undefined) return `a setting called ${word} belongs to its environment`;
  const named = [from, to].find((name) => mentions(field, name));
  return named === undefined ? undefined : `its value names ${named}`;
}

function stepsOf(address: string): readonly string[] {
  const parsed = parseAddress(address);
  return parsed.kind === 'address' ? parsed.address.steps.map(unescapeStep) : [];
}

const kustomization = /^kustomization\.ya?ml$|^Kustomization$/;
const helmValues = /^values(?:[.-].*)?\.ya?ml$/;
const imageParts: ReadonlySet<string> = new Set(['tag', 'digest', 'repository', 'registry', 'name']);

/** By the name of the file, then by where the field stands in it. */
function kindOf(file: string, steps: readonly string[], field: FieldChange): CarriedKind | undefined {
  const [first = ''] = steps;
  const [before = '', last = ''] = [steps.at(-2), steps.at(-1)];
  if (file === 'variables.yaml') return 'variables';
  if (kustomization.test(file)) return kindInKustomization(first, last, field);
  if (file === 'Chart.yaml') return /^(?:version|appVersion)$/.test(last) ? 'chart' : undefined;
  if (last === 'image' || (before === 'image' && imageParts.has(last))) return 'image';
  if (helmValues.test(file)) return 'values';
  if (file === 'service.yaml' && first === 'values') return 'values';
  if (file === 'service.yaml' && first === 'binding') return last === 'version' ? 'chart' : undefined;
  // Argo CD Applications and Flux releases.
  if (last === 'targetRevision' || (before === 'spec' && last === 'version' && steps.includes('chart')))
    return 'chart';
  return undefined;
}

function kindInKustomization(
  first: string,
  last: string,
  { before, after }: FieldChange,
): CarriedKind | undefined {
  if (first === 'images') return 'image';
  if (first === 'helmCharts') return last === 'version' ? 'chart' : undefined;
  const isPinned = (value: unknown): boolean => typeof value === 'string' && value.includes('?ref=');
  const remote = first === 'resources' || first === 'components';
  return remote && isPinned(before) && isPinned(after) ? 'chart' : undefined;
}

const holdsReference = (field: FieldChange, steps: readonly string[]): boolean =>
  steps.includes('secretRef') || /"secretRef"/.test(JSON.stringify([field.before, field.after]));

/** Words in the name of a setting that say where something runs, or how large it is there. */
const placeWords: ReadonlySet<string> = new Set(
  `replica replicas autoscaling resources host hosts hostname domain ingress url urls uri endpoint endpoints namespace
   cluster region zone account bucket tolerations affinity environment storage`.split(/\s+/),
);

/** `minReplicas` is `min`, `replicas`; `DB_HOST` is `db`, `host`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());

/** Does a value speak of an environment, as in `staging.example.com`? */
const mentions = ({ before, after }: FieldChange, environment: string): boolean =>
  hyphened(JSON.stringify([before ?? null, after ?? null])).includes(hyphened(environment));

const hyphened = (text: string): string => `-${text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-`;
