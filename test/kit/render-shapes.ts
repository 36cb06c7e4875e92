/**
 * Kustomizations and charts as people write them, from the documentation of kustomize and helm: what the tests of
 * rendering build on. Each is files by path, without a project around it.
 */
type Files = Readonly<Record<string, string>>;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: ghcr.io/example/web
          envFrom: [{ configMapRef: { name: settings } }]
`;

const service = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

/** A base and an overlay with a component, patches of both kinds, images, replicas, a prefix and generated maps. */
export const overlay = (tag: string, level = 'info'): Files => ({
  'bases/web/kustomization.yaml': 'resources: [deployment.yaml, service.yaml]\n',
  'bases/web/deployment.yaml': deployment,
  'bases/web/service.yaml': service,
  'components/scaled/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [scaler.yaml]\n',
  'components/scaled/scaler.yaml': `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }
`,
  'apps/web/production/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namePrefix: eu-
namespace: shop
resources: [../../../bases/web]
components: [../../../components/scaled]
images: [{ name: ghcr.io/example/web, newTag: ${tag} }]
replicas: [{ name: web, count: 3 }]
labels: [{ pairs: { team: shop }, includeSelectors: false }]
configMapGenerator:
  - name: settings
    literals: [LEVEL=${level}]
    files: [banner.txt]
secretGenerator:
  - name: access
    literals: [TOKEN=hunter2-${tag}]
patches:
  - path: memory.yaml
  - target: { kind: Service, name: web }
    patch: |
      - op: replace
        path: /spec/ports/0/port
        value: 8080
`,
  'apps/web/production/banner.txt': 'Welcome\n',
  'apps/web/production/memory.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, resources: { limits: { memory: 256Mi } } }] } } }
`,
});

/** An overlay on an overlay, with the older words for bases and patches, and a volume claim. */
export const stacked = (size: string): Files => ({
  'bases/store/kustomization.yaml': 'resources: [claim.yaml]\n',
  'bases/store/claim.yaml': `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
  'bases/store-eu/kustomization.yaml': 'nameSuffix: -eu\nresources: [../store]\n',
  'apps/store/production/kustomization.yaml': `resources: [../../../bases/store-eu]
patchesStrategicMerge:
  - |-
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: { name: data-eu }
    spec: { resources: { requests: { storage: ${size} } } }
`,
});

/** A chart with values, a named template, a condition, and a chart that is kept below it. */
export const chart = (folder: string, tag: string): Files => ({
  [`${folder}/Chart.yaml`]: `apiVersion: v2
name: web
version: 1.4.0
dependencies:
  - { name: cache, version: 0.2.0, repository: "https://charts.example.com", condition: cache.enabled }
`,
  [`${folder}/values.yaml`]: `image: { repository: ghcr.io/example/web, tag: ${tag} }\nreplicaCount: 1\ncache: { enabled: true }\ningress: { enabled: false }\n`,
  [`${folder}/templates/_helpers.tpl`]: `{{- define "web.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
`,
  [`${folder}/templates/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.fullname" . }}
spec:
  replicas: {{ .Values.replicaCount }}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
`,
  [`${folder}/templates/ingress.yaml`]: `{{- if .Values.ingress.enabled }}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: {{ include "web.fullname" . }} }
{{- end }}
`,
  [`${folder}/templates/secret.yaml`]: `apiVersion: v1
kind: Secret
metadata: { name: {{ include "web.fullname" . }} }
data: { token: {{ printf "hunter2-%s" .Values.image.tag | b64enc }} }
`,
  [`${folder}/charts/cache/Chart.yaml`]: 'apiVersion: v2\nname: cache\nversion: 0.2.0\n',
  [`${folder}/charts/cache/templates/config.yaml`]:
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Release.Name }}-cache }\ndata: { size: "64" }\n',
});

/** A chart of one file without values of its own: everything comes from above. */
export const tinyChart = (folder: string): Files => ({
  [`${folder}/Chart.yaml`]: 'apiVersion: v2\nname: tiny\nversion: 0.1.0\n',
  [`${folder}/templates/all.yaml`]:
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }\ndata: { tag: {{ .Values.image.tag | quote }}, replicas: {{ .Values.replicaCount | quote }} }\n',
});
