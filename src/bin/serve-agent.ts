import { type KubeAccess, podAccess, readKubeconfig } from '../agent/kube-access.ts';
import { openKubeApi } from '../agent/kube-api.ts';
import { kubeView } from '../agent/kube-view.ts';
import { runAgent, usualBackoff } from '../agent/run-agent.ts';
import { tokenFile } from '../agent/token-file.ts';
import type { Terminal } from '../cli/terminal.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { AgentSettings } from './agent-settings.ts';
import { nextSignal } from './next-signal.ts';
import { openServerLog } from './server-log.ts';
import { readSettingFile, readSettingText } from './setting-files.ts';

/** Runs an agent until a signal ends it. Its log goes to stdout, one JSON object per line. */
export async function serveAgent(
  settings: AgentSettings,
  { terminal, version }: { readonly terminal: Terminal; readonly version: string },
): Promise<void> {
  process.umask(0o077);
  const over = new AbortController();
  void nextSignal().then(() => over.abort());
  const { hub, tls, cluster, registrationToken, namespaces, fieldDrift, serverDryRun, allowSync } = settings;
  const api = openKubeApi(accessOf(settings, terminal.env));
  const log = openServerLog('-', 'info');
  log.info('starting', { hub, cluster: cluster.name, fieldDrift, serverDryRun, allowSync, version });
  try {
    await runAgent(
      {
        hub: { address: hub, tls: tls && { ca: tls.ca && readSettingFile(tls.ca) } },
        token: tokenFile(settings.tokenFile),
        registrationToken: registrationToken && readSettingText(registrationToken).trim(),
        cluster: { ...cluster, environment: '' },
        view: kubeView(api, { cluster: cluster.name, namespaces, fieldDrift, clock: Date.now }),
        clock: Date.now,
        log,
        version,
        capabilities: [
          'observe',
          'argocd.read',
          'token.rotate',
          ...(allowSync ? ['argocd.write', 'argocd.refresh'] : []),
          ...(serverDryRun ? ['k8s.dryrun'] : []),
        ],
        intervalSeconds: settings.intervalSeconds,
        backoff: usualBackoff,
      },
      over.signal,
    );
    log.info('stopped');
  } finally {
    api.close();
    log.close();
  }
}

function accessOf({ kubeconfig, context }: AgentSettings, environment: Terminal['env']): KubeAccess {
  if (kubeconfig !== undefined) return readKubeconfig(kubeconfig, context);
  const access = podAccess(environment);
  if (!access) throw new Refusal('kubeconfig_required');
  return access;
}
