/**
 * The pre-receive hook: a program of its own that git starts, so it is written out as text. It hands what git says to
 * the server behind the socket and does as it is told; whatever goes wrong refuses the push.
 */
export const hookProgram = `import { connect } from 'node:net';

const refuse = () => {
  process.stderr.write('the push could not be checked and was refused; push again in a moment\\n');
  process.exit(1);
};
process.on('uncaughtException', refuse);
setTimeout(refuse, 120_000);

const { KNOWNGOOD_HOOK_SOCKET, KNOWNGOOD_HOOK_TOKEN, GIT_QUARANTINE_PATH } = process.env;
const input = [];
for await (const chunk of process.stdin) input.push(chunk);
const question = {
  token: KNOWNGOOD_HOOK_TOKEN,
  quarantine: GIT_QUARANTINE_PATH,
  updates: Buffer.concat(input).toString('base64'),
};
const socket = connect(KNOWNGOOD_HOOK_SOCKET, () => socket.end(JSON.stringify(question)));
const output = [];
for await (const chunk of socket) output.push(chunk);
const answer = JSON.parse(Buffer.concat(output).toString());
for (const line of answer.say) process.stderr.write(line + '\\n');
process.exit(answer.accept === true ? 0 : 1);
`;

/** Starts the program with this very Node, whatever the PATH says. */
export const hookScript = (node: string, program: string): string =>
  `#!/bin/sh\nexec ${shellQuoted(node)} ${shellQuoted(program)}\n`;

const shellQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
