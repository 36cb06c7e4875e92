import type { SourceRule } from '../../domain/deployment/source-rule.ts';
import type { StoredProject } from '../../store/projects.ts';

/** The open part of how the hub signs in at an upstream; the secret part is sealed. */
export type UpstreamSignIn =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string }
  | { readonly kind: 'ssh_key'; readonly hostKeys: readonly string[] };

/** Where the truth of a connected project is. `url` holds no credentials. */
export interface UpstreamSettings {
  readonly url: string;
  readonly fetchSeconds: number;
  readonly onRefusedPush: 'fail' | 'branch';
  readonly signIn: UpstreamSignIn;
  /** The upstream signs its webhooks with a secret that we have. */
  readonly webhookSigned: boolean;
}

/** What a project keeps besides its names; stored as JSON. */
export interface ProjectSettings {
  readonly description: string;
  /** The branch that the cluster reads, such as `main`. */
  readonly branch: string;
  readonly sourceRules: readonly SourceRule[];
  /** Of a connected project only. */
  readonly upstream?: UpstreamSettings | undefined;
}

export type HubProject = StoredProject<ProjectSettings>;

/** Whether two states of a project read different branches: what is at the one says nothing of the other. */
export const isElsewhere = (
  { settings: a }: Pick<HubProject, 'settings'>,
  { settings: b }: Pick<HubProject, 'settings'>,
): boolean => a.upstream?.url !== b.upstream?.url || a.branch !== b.branch;
