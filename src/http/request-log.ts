import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Where log lines go: one JSON object per line. */
export interface LogSink {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly write: (line: string) => void;
}

const secrets: readonly (readonly [RegExp, string])[] = [
  // Credentials in addresses, as git and webhook messages repeat them.
  [/(\w+:\/\/)[^/@\s"']+@/g, '$1…@'],
  [/\b(bearer|basic) +[\w.~+/=-]{6,}/gi, '$1 …'],
  [/([?&;](?:token|secret|code|state|key|password|access_token)=)[^&\s"']+/gi, '$1…'],
  [/\b((?:kng|kg[psl]|ghqa|ghp|gho|ghs|glpat|github_pat)[_-])\w[\w-]{7,}/g, '$1…'],
];

/** Text without what looks like a secret. */
export const withoutSecrets = (text: string): string =>
  secrets.reduce((kept, [pattern, instead]) => kept.replaceAll(pattern, instead), text);

/** Every line passes here, so that no message, error or stack can carry a secret out. */
export const loggerOptions = (sink: LogSink) => ({
  level: sink.level,
  stream: { write: (line: string) => sink.write(withoutSecrets(line)) },
  redact: {
    paths: [
      'authorization',
      'cookie',
      'password',
      'secret',
      'token',
      '*.authorization',
      '*.cookie',
      '*.password',
      '*.secret',
      '*.token',
      '*.*.authorization',
      '*.*.cookie',
    ],
    censor: '…',
  },
});

/** The path alone: a query may hold what nobody should read in a log. */
export const pathOf = (request: FastifyRequest): string => request.url.split(/[?#]/, 1)[0] ?? '';

/** One line for each request, when it is over. */
export function logRequests(
  server: FastifyInstance,
  actorOf: (request: FastifyRequest) => string | undefined,
): void {
  server.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        path: pathOf(request),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        actor: actorOf(request),
        address: request.ip,
      },
      'request',
    );
    done();
  });
}
