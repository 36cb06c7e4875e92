import { type Verdict, allow, refuse } from '../refusal/verdict.ts';
import { shortText, shownAddress } from './hazard-text.ts';
import type { Hazard } from './plan.ts';

/** A chart of a chart repository in one version, and where it is named. Lines count from 1. */
export interface PublishedChart {
  /** `https://…`; or a registry, with `oci://` before it or without, as Argo CD has it. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly line: number;
}

/** Characters. A chart with longer texts is asked for nowhere. */
export const chartLimits = { repository: 2048, name: 255, version: 128 } as const;

/** What its repository says of a chart that a plan brings. */
export interface AskedChart extends PublishedChart {
  readonly found: 'there' | 'missing' | 'unknown';
  /** Of what is unknown: a clause behind the name of the repository. */
  readonly reason?: string | undefined;
}

const shownCharts = 5;

const named = ({ name, version }: PublishedChart): string => `chart ${shortText(name)} ${shortText(version)}`;

/** A hazard for each chart that is missing, and one for all that nobody could tell. `unasked` were too many to ask for. */
export function chartHazards(asked: readonly AskedChart[], unasked = 0): readonly Hazard[] {
  const missing = asked
    .filter(({ found }) => found === 'missing')
    .map((chart): Hazard => {
      const { repository, file, line } = chart;
      const message = `${named(chart)} is missing (${file}:${line}): ${shownAddress(repository)} shows no such version, so that nothing could be rendered from it`;
      return { code: 'chart_missing', message, blocking: false, paths: [file] };
    });
  const unknown = asked.filter(({ found }) => found === 'unknown');
  const rest = unknown.length - shownCharts + unasked;
  const texts = unknown
    .slice(0, shownCharts)
    .map((chart) => `${named(chart)} (${shownAddress(chart.repository)} ${chart.reason ?? 'does not say'})`);
  const list = [...texts, ...(unknown.length > shownCharts || unasked > 0 ? [`${rest} more`] : [])];
  if (list.length === 0) return missing;
  const message = `unknown whether these charts are there: ${list.join(', ')}`;
  const untold: Hazard = { code: 'chart_unknown', message, blocking: false, paths: [] };
  return [...missing, untold];
}

/** May something new be made with these charts? What goes back may ask for one that is gone: that is a hazard. */
export function decideCharts(asked: readonly AskedChart[]): Verdict {
  const chart = asked.find(({ found }) => found === 'missing');
  if (!chart) return allow;
  const { repository, file, line } = chart;
  const reason = `asks for the ${named(chart)}, and ${shownAddress(repository)} shows no such version; name one that it has`;
  return refuse('delivery_invalid', { file, line, reason });
}
