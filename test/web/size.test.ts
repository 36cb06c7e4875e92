import { expect, test } from 'vitest';
import { firstLoad } from '../../bench/console-size.ts';
import { freshenConsole } from '../../scripts/console-sources.ts';

test('a first visit loads at most 250 KB of compressed scripts, and no text editor before a text is opened', async () => {
  await freshenConsole(() => undefined);
  for (const page of ['overview', 'tenant-environment']) {
    const { bytes, files } = firstLoad(`pages/${page}/${page}-page.tsx`);
    expect(bytes).toBeLessThanOrEqual(250_000);
    expect(files.filter((file) => /text-diff|command-palette/.test(file))).toEqual([]);
  }
}, 120_000);
