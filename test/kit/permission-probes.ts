import type { OperationId } from '../../src/contract/operations.ts';
import { policyOf } from '../../src/domain/policy/policy.test-kit.ts';
import type { Setting } from './permission-setting.ts';
import { apiGateway, serviceWish } from './shop.ts';

/** What is sent to an operation, so that whoever may call it gets as far as its work. */
export interface Probe {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const email = 'target@example.com';
const place = { tenant: 'acme', environment: 'production' };

/** Operations that are not here take nothing but their address. */
export function permissionProbe({ shop, target }: Setting, id: OperationId): Probe {
  const { slug: _slug, ...wish } = serviceWish(shop);
  const undo = { commit: shop.bad, justification: 'never built' };
  const fields = [{ service: 'api-gateway', field: 'image.tag', value: 'v2.1.1' }];
  const promotion = { tenant: 'acme', from: 'dev', to: 'production', justification: 'tried' };
  const release = { ...place, fields, justification: 'the fix' };
  const range = { ...place, from: shop.good };
  const vote = { digest: `sha256:${'0'.repeat(64)}` };
  const probes: Partial<Record<OperationId, Probe>> = {
    changePlan: { body: { plan: 'enterprise' } },
    login: { body: { email, password: 'wrong' } },
    loginForToken: { body: { email, password: 'wrong', name: 'x', scopes: ['read'] } },
    useOneTimeLink: { body: {} },
    startCommandLineOidc: {
      query: { redirectUri: 'http://127.0.0.1:4711/', challenge: 'c'.repeat(43), state: 's'.repeat(16) },
    },
    useSignInCode: { body: {} },
    logout: { body: {} },
    logoutEverywhere: { body: {} },
    changePassword: { body: { current: 'wrong', next: 'long enough for anybody' } },
    reauthenticate: { body: { password: 'wrong' } },
    createProject: { body: { slug: 'shop' } },
    changeProject: { body: { description: 'for everybody' } },
    compareRevisions: { query: range },
    compareFile: { query: { ...range, path: apiGateway } },
    listChangedFields: { query: { ...range, service: 'api-gateway' } },
    previewRollback: { body: wish },
    renderRollback: { body: wish },
    dryRunRollback: { body: wish },
    submitRollback: { body: wish },
    previewUndo: { body: undo },
    renderUndo: { body: undo },
    dryRunUndo: { body: undo },
    submitUndo: { body: undo },
    previewRelease: { body: release },
    renderRelease: { body: release },
    dryRunRelease: { body: release },
    submitRelease: { body: release },
    previewPromotion: { body: promotion },
    renderPromotion: { body: promotion },
    dryRunPromotion: { body: promotion },
    submitPromotion: { body: promotion },
    approveRequest: { body: vote },
    rejectRequest: { body: vote },
    executeRequest: { body: {} },
    cancelRequest: { body: {} },
    resubmitRequest: { body: {} },
    addNote: { body: { text: 'The tag was never built.' } },
    changePolicy: { body: { policy: policyOf({ approvals: 1 }) } },
    openBreakGlass: { body: { justification: 'all is down', minutes: 5 } },
    reviewBreakGlass: { body: { comment: 'fine' } },
    inviteMember: { body: { email, name: 'Target', role: 'viewer' } },
    changeMember: { body: { name: 'Target' } },
    giveGrant: { body: { subject: { kind: 'account', id: target.id }, verb: 'read', project: 'shop' } },
    createServiceAccount: { body: { name: 'release-bot', role: 'viewer' } },
    changeServiceAccount: { body: { name: 'program' } },
    createToken: { body: { name: 'x', scopes: ['account'] } },
    createWebhook: { body: { name: 'x', project: null, url: 'http://127.0.0.1:9999/', events: ['*'] } },
    markDeployment: { body: { ...place, mark: 'bad', reason: 'slow' } },
    receiveSignals: {
      body: { alerts: [{ status: 'firing', labels: place, startsAt: '2026-11-20T14:02:00Z' }] },
    },
    createCluster: { body: { name: `eu-${Math.random()}` } },
    createRegistrationToken: { body: {} },
    bindCluster: { body: { project: 'shop', ...place } },
    unbindCluster: { body: { project: 'shop', ...place } },
    syncApplication: { body: { application: 'argocd/api' } },
    changeWebhook: { body: { name: 'y' } },
  };
  return probes[id] ?? {};
}
