import { z } from 'zod';
import { indexProgress } from './deployment.ts';
import { line, segment, sha, slug, timestamp } from './primitives.ts';

const branch = z.string().min(1).max(255);
const url = z
  .string()
  .max(2_000)
  .regex(/^(https?:\/\/|ssh:\/\/|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)\S+$/, 'must be an https or ssh address');

/** How the hub signs in at the upstream. Sealed at rest and never shown again. */
const upstreamCredential = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('password'),
    username: z.string().max(200),
    password: z.string().min(1).max(10_000),
  }),
  z.strictObject({
    kind: z.literal('ssh_key'),
    privateKey: z.string().min(1).max(20_000),
    hostKeys: z
      .array(z.string().max(2_000))
      .min(1)
      .max(20)
      .describe('Lines of a known_hosts file: the only host keys that are accepted.'),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);

const upstreamSettings = {
  url,
  branch,
  fetchSeconds: z.int().min(10).max(86_400).optional().describe('How often to fetch; 60 when left out.'),
  onRefusedPush: z
    .enum(['fail', 'branch'])
    .optional()
    .describe('What follows when branch protection refuses: fail, or push a branch for a pull request.'),
  webhookSecret: z
    .string()
    .min(16)
    .max(200)
    .optional()
    .describe('What the upstream signs its webhooks with; without one, none is taken.'),
};

export const upstreamInput = z
  .strictObject({ ...upstreamSettings, credential: upstreamCredential })
  .meta({ id: 'UpstreamInput' });

export const upstream = z
  .object({
    url: z.string().describe('Without credentials.'),
    branch: z.string(),
    fetchSeconds: z.int(),
    onRefusedPush: z.enum(['fail', 'branch']),
    credential: z.object({ kind: z.enum(['password', 'ssh_key', 'none']), username: z.string().nullable() }),
    webhookPath: z.string().describe('Where the upstream may announce pushes.'),
    webhookSigned: z.boolean().describe('True when a secret is set, so that webhooks are taken.'),
    fetchedAt: timestamp.nullable(),
    error: z.string().nullable().describe('Why the last fetch failed.'),
  })
  .meta({ id: 'Upstream' });

/** Who a commit comes from when it is no request of ours: the first rule that matches names the source. */
const sourceRule = z.strictObject({
  source: z.enum(['release', 'promotion', 'rollback', 'push']),
  author: z.string().max(500).optional().describe('Pattern with * over the author’s e-mail address.'),
  message: z.string().max(500).optional().describe('Pattern with * over the first line of the message.'),
});

export const projectSettings = z
  .strictObject({ sourceRules: z.array(sourceRule).max(50) })
  .meta({ id: 'ProjectSettings' });

export const project = z
  .object({
    id: z.string(),
    slug,
    name: z.string(),
    description: z.string(),
    kind: z.enum(['hosted', 'connected']),
    branch: z.string(),
    head: sha.nullable().describe('null while the repository is empty.'),
    gitUrl: z.string().describe('Clone and push here.'),
    upstream: upstream.nullable(),
    environments: z.array(z.string()).describe('In the order of promotion.'),
    settings: projectSettings,
    index: indexProgress,
    openRequests: z.int(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Project' });
export type Project = z.infer<typeof project>;

/** With `upstream` the project is connected, else it is hosted here. */
export const projectInput = z
  .strictObject({
    slug,
    name: line(200).optional(),
    description: z.string().max(2_000).optional(),
    branch: branch.optional().describe('The branch that the cluster reads; main when left out.'),
    upstream: upstreamInput.optional(),
  })
  .meta({ id: 'ProjectInput', examples: [{ slug: 'shop', name: 'Shop' }] });

export const projectChange = z
  .strictObject({
    name: line(200).optional(),
    description: z.string().max(2_000).optional(),
    settings: projectSettings.optional(),
    upstream: z
      .strictObject({ ...upstreamSettings, credential: upstreamCredential })
      .partial()
      .optional(),
  })
  .meta({ id: 'ProjectChange' });

export const projectParams = z.object({ slug });
export const environmentParams = z.object({ slug, environment: segment });
