import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { startProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const clear = '\r\u001B[2K';

test('work that is quickly done shows nothing', () => {
  const terminal = recordingTerminal({ stderrIsTerminal: true });
  {
    using progress = startProgress(terminal, 'Reading…');
    progress.show('half');
    vi.advanceTimersByTime(300);
  }
  vi.advanceTimersByTime(1000);
  expect(terminal.errors()).toBe('');
});

test('longer work has one line that replaces itself and goes away', () => {
  const terminal = recordingTerminal({ stderrIsTerminal: true, columns: 12 });
  {
    using progress = startProgress(terminal, 'Reading…');
    vi.advanceTimersByTime(500);
    progress.show('Receiving objects: 50%\u001b[2J');
  }
  expect(terminal.errors()).toBe(`${clear}Reading…${clear}Receiving …${clear}`);
});

test('a question of git or ssh is not drawn over while a remote is reached', () => {
  const terminal = recordingTerminal({ stderrIsTerminal: true, interactive: true });
  using progress = startProgress(terminal, 'Reading…', true);
  vi.advanceTimersByTime(5000);
  expect(terminal.errors()).toBe('');
  progress.show('');
  vi.advanceTimersByTime(500);
  expect(terminal.errors()).toBe(`${clear}Reading…`);
});

test('where stderr is no terminal nothing is drawn', () => {
  const terminal = recordingTerminal();
  using progress = startProgress(terminal, 'Reading…');
  progress.show('half');
  vi.advanceTimersByTime(5000);
  expect(terminal.errors()).toBe('');
});
