/** Milliseconds from a signal to the end, whatever is still going on: a crash is safe at any time. */
const longestStop = 1900;

/** Resolves at the first signal, also of a program that is still starting; the second ends the process at once. */
export function nextSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let heard = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (heard) process.exit(130);
      heard = true;
      setTimeout(() => process.exit(0), longestStop).unref();
      resolve(signal);
    });
  return promise;
}
