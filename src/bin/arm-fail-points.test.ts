import { afterEach, expect, test, vi } from 'vitest';
import { armFailPoints, failPoint } from '../std/fail-point.ts';
import { armFromEnvironment } from './arm-fail-points.ts';

afterEach(() => armFailPoints(undefined));

test('the n-th passing of a point fails, and no other', async () => {
  armFromEnvironment({ KNOWNGOOD_FAIL_AT: 'git.ref.moved:2:throw' });
  await failPoint('git.ref.moved');
  await failPoint('git.ref.prepared');
  await expect(failPoint('git.ref.moved')).rejects.toThrow('a fault was injected at git.ref.moved');
  await failPoint('git.ref.moved');
  armFromEnvironment({ KNOWNGOOD_FAIL_AT: '*:1:lie' });
  await expect(failPoint('anything')).rejects.toThrow('the answer was lost at anything');
});

test('without the variable nothing is armed, and a malformed one is refused', async () => {
  armFromEnvironment({});
  armFromEnvironment({ KNOWNGOOD_FAIL_AT: '' });
  await failPoint('git.ref.moved');
  for (const wrong of ['x', 'x:1', 'x:1:explode', 'x:one:kill'])
    expect(() => armFromEnvironment({ KNOWNGOOD_FAIL_AT: wrong })).toThrow(/is not <point>/);
});

test('a trace lists the points that are passed', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  armFromEnvironment({ KNOWNGOOD_FAIL_AT: 'trace' });
  await failPoint('git.ref.moved');
  expect(written).toHaveBeenCalledWith('fail point git.ref.moved\n');
  written.mockRestore();
});
