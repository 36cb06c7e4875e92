import type { ClusterCommand } from '../clusters/agent-commands.ts';
import type { Hub } from '../hub.ts';

/** Milliseconds that an answer is waited for; an agent works on one question for 15 seconds at most. */
export const answerPatience = 25_000;
/** Milliseconds after which it is looked anyway: the agent may be connected to another server. */
const lookAgain = 500;

/** The commands as they are once all of them have ended, or the time is over. They are taken away in any case. */
export async function awaitAnswers(
  hub: Hub,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ClusterCommand>> {
  const until = Date.now() + answerPatience;
  try {
    for (;;) {
      const woken = Promise.withResolvers<undefined>();
      const wake = (): void => woken.resolve(undefined);
      // Listen first: what is answered between the look and the wait is heard.
      const forget = hub.onWake('answers', wake);
      const timer = setTimeout(wake, lookAgain);
      try {
        const commands = await hub.store.clusterCommands.these(ids);
        const isDone = commands.every(({ status }) => status === 'completed' || status === 'failed');
        if (isDone || Date.now() > until) return new Map(commands.map((command) => [command.id, command]));
        await woken.promise;
      } finally {
        clearTimeout(timer);
        forget();
      }
    }
  } finally {
    await hub.store.tx((tx) => tx.clusterCommands.remove(ids));
  }
}
