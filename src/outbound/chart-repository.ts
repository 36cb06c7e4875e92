import { chartLimits } from '../domain/plan/chart-hazards.ts';
import { chartIndex } from './chart-index.ts';
import { askForManifest } from './image-registry.ts';
import { inTime } from './in-time.ts';
import { OutboundError } from './outbound-error.ts';
import {
  type CallRules,
  type NamedRegistry,
  type RegistryAnswer,
  type RegistryRules,
  callRegistry,
  namedRegistry,
  unasked,
  unclear,
  unknown,
} from './registry-call.ts';

/** A chart in one version. The repository is an http address, or a registry with `oci://` or without. */
export interface ChartName {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** Asks a chart repository for one version of a chart: its index, or the tag in a registry. Never throws. */
export async function askForChart(chart: ChartName, rules: RegistryRules): Promise<RegistryAnswer> {
  const { repository, name, version } = chart;
  if (!isShort(chart)) return unasked('is not asked for addresses, names or versions of such a length');
  if (/^https?:\/\//i.test(repository)) return askForIndex(chart, rules);
  const [host = '', ...path] = withoutSlashes(repository.replace(/^oci:\/\//i, '')).split('/');
  // A tag has no place for a plus: helm writes an underscore.
  const reference = version.replaceAll('+', '_');
  const place = { host, repository: [...path, name].join('/') };
  return askForManifest({ ...place, reference, mayBeHidden: true }, rules);
}

const isShort = ({ repository, name, version }: ChartName): boolean =>
  repository.length <= chartLimits.repository &&
  name.length <= chartLimits.name &&
  version.length <= chartLimits.version;

/** Without slashes at the end. */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '/') end -= 1;
  return text.slice(0, end);
}

async function askForIndex(chart: ChartName, rules: RegistryRules): Promise<RegistryAnswer> {
  const { repository } = chart;
  if (!URL.canParse(repository)) return unasked('is no address');
  const named = namedRegistry(new URL(repository).host, rules);
  if ('kind' in named) return named;
  if (/[?#]/.test(repository)) return unasked('is not asked with a query or a fragment in its address');
  const url = `${withoutSlashes(repository)}/index.yaml`;
  try {
    return await inTime(rules, (signal) => readIndex({ ...chart, url }, named, { ...rules, signal }));
  } catch (error) {
    if (error instanceof OutboundError) return unknown(error.message);
    throw error;
  }
}

async function readIndex(
  { url, name, version }: ChartName & { readonly url: string },
  named: NamedRegistry,
  rules: CallRules,
): Promise<RegistryAnswer> {
  const index = chartIndex(name, version);
  const accept = 'application/yaml, text/yaml, text/plain, */*';
  const question = { url, method: 'GET', accept, scope: undefined, take: index.take } as const;
  const reply = await callRegistry(question, named, rules);
  if ('kind' in reply) return reply;
  if (reply.status === 404) return unknown('has no index.yaml there');
  if (reply.status !== 200) return unclear(reply, named);
  const found = index.answer(reply.whole);
  if (found === undefined) return unknown('has an index that cannot be read here');
  return { kind: found ? 'there' : 'missing' };
}
