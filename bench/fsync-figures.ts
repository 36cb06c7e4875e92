import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figures, figuresOf } from './figures.ts';

/** What one fsync of a new small file costs on this disk: the floor under everything durable. */
export function fsyncFigures(runs = 200): Figures {
  const root = mkdtempSync(join(tmpdir(), 'knowngood-fsync-'));
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const file = openSync(join(root, String(run)), 'w');
    writeSync(file, 'x'.repeat(200));
    const started = performance.now();
    fsyncSync(file);
    times.push(performance.now() - started);
    closeSync(file);
  }
  rmSync(root, { recursive: true, force: true });
  return figuresOf(times);
}
