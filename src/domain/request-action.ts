import type { RequestState } from './request.ts';

/**
 * Which states allow which action: the one table that the server, the command line and the console read.
 * `void` takes votes back that no longer count; `expire`, `complete`, `fail` and `void` are the hub's own.
 */
export const requestActions = {
  approve: ['pending'],
  reject: ['pending'],
  execute: ['approved', 'failed'],
  cancel: ['pending', 'approved', 'failed'],
  resubmit: ['rejected', 'failed', 'cancelled', 'expired'],
  note: ['pending', 'approved', 'rejected', 'executing', 'completed', 'failed', 'cancelled', 'expired'],
  void: ['pending', 'approved', 'failed'],
  expire: ['pending', 'approved'],
  complete: ['executing'],
  fail: ['executing'],
} as const satisfies Record<string, readonly RequestState[]>;

export type RequestAction = keyof typeof requestActions;

export const stateAllows = (state: RequestState, action: RequestAction): boolean =>
  (requestActions[action] as readonly RequestState[]).includes(state);
