const FIRST = 100;
const LONGEST = 3000;

/** Milliseconds between two looks at something that takes its time: short at first, then longer. Without an end. */
export function* pauses(): Generator<number, never> {
  for (let pause = FIRST; ; pause = Math.min(pause * 1.5, LONGEST)) yield pause;
}
