import type { AgentParts, Talk } from './agent-parts.ts';
import type { HubStream } from './hub-link.ts';
import { hear } from './obey.ts';
import { followChanges, keepReporting } from './report.ts';

/** Reports and obeys on one stream until it ends or breaks (throws `LinkError`), or the signal comes. */
export async function talk(
  parts: AgentParts,
  stream: HubStream,
  about: { readonly clusterId: string; readonly intervalSeconds: number; readonly signal: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([about.signal, over.signal]);
  const interval = about.intervalSeconds * 1000;
  const talk: Talk = {
    ...parts,
    stream,
    clusterId: about.clusterId,
    signal,
    allowed: parts.capabilities,
    interval,
    dryRuns: Promise.resolve(),
    nudge: () => undefined,
  };
  const ended = (): void => stream.end();
  about.signal.addEventListener('abort', ended, { once: true });
  const beside = [keepReporting(talk), followChanges(talk)];
  try {
    for await (const envelope of stream.messages) await hear(talk, envelope);
  } catch (error) {
    if (!about.signal.aborted) throw error;
  } finally {
    about.signal.removeEventListener('abort', ended);
    over.abort();
    stream.end();
    await Promise.all([...beside, talk.dryRuns]);
  }
}
