import type { SentApplication, SentFinding } from './sent.ts';

/**
 * The drift that Argo CD itself reports: resources that are not as its revision says. It tells which, and not what in
 * them; for that the agent has to be allowed to ask by dry run.
 */
export function statusDrift(application: SentApplication, detectedAt: string): readonly SentFinding[] {
  const { namespace: home = '', name: of = '', resources } = application;
  return (resources ?? [])
    .filter(({ syncStatus }) => syncStatus === 'OutOfSync')
    .map(({ group, kind, namespace, name, healthStatus, requiresPruning }) => {
      const what = requiresPruning ? 'extra' : healthStatus === 'Missing' ? 'missing' : 'changed';
      return {
        id: [home, of, group, kind, namespace, name]
          .map((part) => part ?? '')
          .join('/')
          .slice(0, 512),
        severity: what === 'extra' ? 'low' : what === 'missing' ? 'high' : 'medium',
        scope: `${home}/${of}`,
        kind: kind ?? '',
        namespace: namespace ?? '',
        name: name ?? '',
        summary: `${kind}/${name} ${sentences[what]}`,
        desiredVersion: '',
        liveVersion: '',
        detectedAt,
        details: { what, application: of, source: 'status' },
      };
    });
}

const sentences = {
  extra: 'is there, and Git does not have it',
  missing: 'is not there, and Git has it',
  changed: 'is not as Git says',
} as const;
