import type { Clock } from '../std/clock.ts';
import type { ClusterView } from './cluster-view.ts';
import type { HubStream } from './hub-link.ts';
import type { SentResult } from './sent.ts';

/** Told what goes on; never a token. */
export interface AgentLog {
  readonly info: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, error: unknown) => void;
}

/** What an agent is, whatever it is connected to. */
export interface AgentParts {
  readonly view: ClusterView;
  readonly clock: Clock;
  readonly log: AgentLog;
  readonly version: string;
  /** What this agent was allowed, by whoever runs it. The hub can take away from it and never add. */
  readonly capabilities: readonly string[];
  /** Keeps a token that takes the place of the present one. */
  readonly saveToken: (token: string) => Promise<void>;
  /** Results by command, so that one that comes again, on whatever connection, is not carried out twice. */
  readonly results: Map<string, SentResult>;
}

/** One conversation with the hub. */
export interface Talk extends AgentParts {
  readonly stream: HubStream;
  readonly clusterId: string;
  readonly signal: AbortSignal;
  /** What this connection leaves of the capabilities. */
  allowed: readonly string[];
  interval: number;
  /** Settles when the dry runs that were asked for are answered: they are done beside all else, one after the other. */
  dryRuns: Promise<void>;
  /** Asks for applications to be told again at once. */
  nudge: () => void;
}

/** The present moment as the protocol writes it. */
export const now = ({ clock }: Pick<AgentParts, 'clock'>): string => new Date(clock()).toISOString();
