import type { Socket } from 'node:net';
import { protocolErrors } from '../contract/error.ts';
import type { ErrorBody, ProtocolErrorCode } from '../contract/error.ts';
import { protocolStatus } from './status.ts';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

function codeOf(error: Error & { readonly code?: string }): ProtocolErrorCode {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'request_malformed';
}

/** A whole answer as bytes, for a connection that never became a request; the connection ends with it. */
export function rawErrorAnswer(code: ProtocolErrorCode): string {
  const status = protocolStatus[code];
  const error: ErrorBody = { error: { code, message: protocolErrors[code], details: {} } };
  const body = JSON.stringify(error);
  return [
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Answers what the HTTP parser refused: nothing that is ambiguous is read on. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else socket.end(rawErrorAnswer(codeOf(error)));
}
