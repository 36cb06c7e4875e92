/** Takes a text apart that comes in pieces. */
export interface ShortLines {
  readonly take: (text: string) => void;
  /** Hands on what stands behind the last line break. */
  readonly end: () => void;
}

/**
 * Hands on each line as soon as it is there. Of one with more than `longest` characters only its beginning is handed on,
 * as one that is cut, and the rest is never kept.
 */
export function shortLines(longest: number, onLine: (line: string, isCut: boolean) => void): ShortLines {
  let [kept, isCut] = ['', false];
  const add = (part: string): void => {
    if (isCut) return;
    const room = longest - kept.length;
    kept += part.slice(0, room);
    if (part.length <= room) return;
    isCut = true;
    onLine(kept, true);
  };
  const end = (): void => {
    if (!isCut) onLine(kept, false);
    [kept, isCut] = ['', false];
  };
  return {
    take: (text) => {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        add(text.slice(from, at));
        end();
        from = at + 1;
      }
      add(text.slice(from));
    },
    end,
  };
}
