/** Lets callers through one at a time, strictly in the order in which they asked. */
export interface Turn {
  /** Resolves when it is this caller's turn, with the function that ends it; calling that twice does nothing. */
  readonly take: () => Promise<() => void>;
}

export function fairTurn(): Turn {
  const waiting: (() => void)[] = [];
  let taken = false;
  const pass = (): void => {
    const next = waiting.shift();
    if (next) next();
    else taken = false;
  };
  return {
    take: async () => {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
      let ended = false;
      return () => {
        if (!ended) pass();
        ended = true;
      };
    },
  };
}
