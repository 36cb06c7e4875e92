import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Adds the jobs of the outbox to the metrics: those that wait, and those that were given up. */
export function countOutbox(
  registry: Registry,
  counts: () => Promise<{ readonly waiting: number; readonly dead: number }>,
): void {
  const gauge = new Gauge({
    name: 'knowngood_outbox_jobs',
    help: 'Jobs that follow a saved change: waiting for their time or turn, or given up',
    labelNames: ['state'],
    registers: [],
    collect: async function collect() {
      this.reset();
      // A database that is away must not hide the other metrics: then there is no number here.
      const now = await counts().catch(() => undefined);
      if (!now) return;
      this.set({ state: 'waiting' }, now.waiting);
      this.set({ state: 'dead' }, now.dead);
    },
  });
  registry.registerMetric(gauge);
}
