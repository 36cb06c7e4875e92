// A server that is killed in the middle: writes numbered changes, each with its audit entry, and prints the number of
// each one once it is saved. Arguments: address of the database, its own name, and optionally a fail point to die at.
import { armFailPoints } from '../../src/std/fail-point.ts';
import { openStore } from '../../src/store/open-store.ts';

const [url = '', name = '', dieAt] = process.argv.slice(2);
let reached = 0;
armFailPoints((point) => {
  if (point === dieAt && (reached += 1) === 5) process.kill(process.pid, 'SIGKILL');
});
const store = await openStore({ url });
process.stdout.write('open\n');
for (let count = 1; ; count += 1) {
  await store.tx(async (tx) => {
    await tx.settings.set(`${name} ${count}`, count);
    await tx.audit.append({
      at: count,
      actor: {
        personId: name,
        accountId: name,
        name,
        email: undefined,
        credential: { kind: 'system', id: name },
      },
      action: 'project.changed',
      object: { type: 'setting', id: `${name} ${count}` },
      projectId: undefined,
      requestId: undefined,
      flags: [],
      details: {},
    });
    await tx.outbox.add({ topic: 'x', lane: name, payload: count, at: count });
  });
  process.stdout.write(`${count}\n`);
}
