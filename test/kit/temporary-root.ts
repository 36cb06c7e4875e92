import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One temporary folder for a whole test run, removed at its end: whatever a test leaves behind goes with it. */
export function setup(): () => void {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'knowngood-tests-')));
  process.env['TMPDIR'] = root;
  return () => rmSync(root, { recursive: true, force: true });
}
