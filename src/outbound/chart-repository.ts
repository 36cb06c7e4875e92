import { chartIndex } from './chart-index.ts';
import { askForManifest } from './image-registry.ts';
import { inTime } from './in-time.ts';
import { OutboundError } from './outbound-error.ts';
import {
  type NamedRegistry,
  type RegistryAnswer,
  type RegistryRules,
  callRegistry,
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
export function askForChart(chart: ChartName, rules: RegistryRules): Promise<RegistryAnswer> {
  const { repository, name, version } = chart;
  if (/^https?:\/\//i.test(repository)) return askForIndex(chart, rules);
  const [host = '', ...path] = repository
    .replace(/^oci:\/\//i, '')
    .replace(/\/+$/, '')
    .split('/');
  // A tag has no place for a plus: helm writes an underscore.
  const reference = version.replaceAll('+', '_');
  return askForManifest(
    { host: host.toLowerCase(), repository: [...path, name].join('/'), reference },
    rules,
  );
}

async function askForIndex(chart: ChartName, rules: RegistryRules): Promise<RegistryAnswer> {
  const url = `${chart.repository.replace(/\/+$/, '')}/index.yaml`;
  if (!URL.canParse(url)) return unknown('is no address');
  const { host } = new URL(url);
  const named = rules.named.find((each) => each.host === host);
  if (!named) return unknown('is not among the registries that this server asks');
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
  rules: RegistryRules & { readonly signal: AbortSignal },
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
