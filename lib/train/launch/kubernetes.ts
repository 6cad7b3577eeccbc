/** @file Kubernetes objects that place workers, and a shepherd where it is wanted: an Indexed Job, a Service, a Secret. */
import { stringify } from "yaml";
import { EXIT } from "#lib/support/io.ts";
import { WORKER_ENVIRONMENT, WORKER_EXIT } from "../cluster/exit-codes.ts";

/** A shepherd inside the cluster. */
export interface KubernetesShepherd {
  /** Config, as a path inside the volume. */
  readonly config: string;
  /** Name of a PersistentVolumeClaim with config, model and data; checkpoints and journal go there as well. */
  readonly volumeClaim: string;
  readonly mountPath: string;
  readonly port: number;
  /** Files of the run's folder that make the join token true before the shepherd first starts, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The run's folder (`checkpoint_dir`), as a path inside the volume. */
  readonly folder: string;
  /** Where the run keeps its keys, as a path inside its folder; `.` for the folder itself. */
  readonly secretsFolder: string;
}

export interface KubernetesSettings {
  readonly name: string;
  readonly namespace: string | null;
  readonly image: string;
  readonly workers: number;
  /** Program and flags of one worker, without the token. */
  readonly command: readonly string[];
  /** Program of the shepherd, such as `pcp-train`. */
  readonly program: readonly string[];
  readonly joinToken: string | null;
  /** Resource limits of one worker, such as `nvidia.com/gpu: 1`; requests are the same. */
  readonly resources: Readonly<Record<string, string>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Restarts of one worker before it stays away. */
  readonly restarts: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly graceSeconds: number;
  readonly shepherd: KubernetesShepherd | null;
}

/** One Kubernetes object, as plain data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** Names of the objects of a launch. */
export const objectNames = (name: string) => ({
  secret: `${name}-join`,
  workers: `${name}-workers`,
  shepherd: `${name}-shepherd`,
});

/** Resource limits that give a worker one device of its backend. */
export const deviceResources = (backend: string | undefined): Record<string, string> => {
  if (backend === "cuda") return { "nvidia.com/gpu": "1" };
  return backend === "rocm" ? { "amd.com/gpu": "1" } : {};
};

/** What the namespace "restricted" of the pod security standards asks for, apart from the user. */
const CONFINED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
const CACHE = "/cache";
const SECRETS = "/run/pcp-secrets";

const metadata = (settings: KubernetesSettings, name: string, role: string) => ({
  name,
  ...(settings.namespace === null ? {} : { namespace: settings.namespace }),
  labels: labels(settings, role),
});
const labels = ({ name }: KubernetesSettings, role: string) => ({
  "app.kubernetes.io/name": "pcp-train",
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/component": role,
});

function secretObject(settings: KubernetesSettings): KubernetesObject[] {
  const { joinToken, shepherd } = settings;
  const stringData = {
    ...(joinToken === null ? {} : { token: joinToken }),
    ...shepherd?.secrets,
  };
  if (Object.keys(stringData).length === 0) return [];
  return [
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: metadata(settings, objectNames(settings.name).secret, "secret"),
      type: "Opaque",
      stringData,
    },
  ];
}

function workerEnvironment({ name, joinToken }: KubernetesSettings): object[] {
  const names = objectNames(name);
  return [
    ...(joinToken === null
      ? []
      : [
          {
            name: WORKER_ENVIRONMENT.joinToken,
            valueFrom: { secretKeyRef: { name: names.secret, key: "token" } },
          },
        ]),
    {
      name: "PCP_WORKER_INDEX",
      valueFrom: {
        fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" },
      },
    },
    // A pod that takes the place of a lost one goes on under its name.
    { name: WORKER_ENVIRONMENT.name, value: `${names.workers}-$(PCP_WORKER_INDEX)` },
    { name: "PCP_CACHE_DIR", value: CACHE },
  ];
}

/** One index per worker; each is restarted by itself, and eviction is not counted as its fault. */
/** A pod that a node lost is no failure; one that was called wrong, or is configured wrong, is not started again. */
const failurePolicy = (action: "FailIndex" | "FailJob", containerName: string): object => ({
  rules: [
    { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
    {
      action,
      onExitCodes: {
        containerName,
        operator: "In",
        values: [EXIT.usage, WORKER_EXIT.configuration],
      },
    },
  ],
});

function workerJob(settings: KubernetesSettings): KubernetesObject {
  const { name, workers, restarts, resources, nodeSelector } = settings;
  const names = objectNames(name);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: metadata(settings, names.workers, "worker"),
    spec: {
      completionMode: "Indexed",
      completions: workers,
      parallelism: workers,
      backoffLimitPerIndex: restarts,
      // Workers that stay away leave the others alone.
      maxFailedIndexes: workers,
      podFailurePolicy: failurePolicy("FailIndex", "worker"),
      template: {
        metadata: { labels: labels(settings, "worker") },
        spec: {
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: settings.graceSeconds,
          ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
          containers: [
            {
              name: "worker",
              image: settings.image,
              command: settings.command,
              env: workerEnvironment(settings),
              ...(Object.keys(resources).length === 0
                ? {}
                : { resources: { limits: resources, requests: resources } }),
              securityContext: CONFINED,
              volumeMounts: [{ name: "cache", mountPath: CACHE }],
            },
          ],
          volumes: [{ name: "cache", emptyDir: {} }],
        },
      },
    },
  };
}

/** Puts keys into the run's folder where it has none yet, and becomes the shepherd. */
function shepherdCommand({ program }: KubernetesSettings, shepherd: KubernetesShepherd): string[] {
  const { config, folder, secretsFolder, port, mountPath, secrets } = shepherd;
  const script = [
    "set -eu",
    "umask 077",
    'folder=$1; shift; mkdir -p "$folder"',
    ...Object.keys(secrets).map(
      (file) => `[ -e "$folder/${file}" ] || cp ${SECRETS}/${file} "$folder/${file}"`,
    ),
    'exec "$@"',
  ].join("\n");
  return [
    "/bin/sh",
    "-c",
    script,
    "shepherd",
    `${mountPath}/${folder}/${secretsFolder}`,
    ...program,
    "--shepherd",
    "--config",
    `${mountPath}/${config}`,
    "--checkpoint-dir",
    `${mountPath}/${folder}`,
    "--listen",
    `0.0.0.0:${port}`,
    "--resume",
  ];
}

function shepherdObjects(settings: KubernetesSettings): KubernetesObject[] {
  const { shepherd } = settings;
  if (shepherd === null) return [];
  const names = objectNames(settings.name);
  const service: KubernetesObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(settings, names.shepherd, "shepherd"),
    spec: {
      selector: labels(settings, "shepherd"),
      ports: [{ name: "https", port: shepherd.port, targetPort: shepherd.port }],
    },
  };
  const job: KubernetesObject = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: metadata(settings, names.shepherd, "shepherd"),
    spec: {
      completions: 1,
      parallelism: 1,
      backoffLimit: settings.restarts,
      podFailurePolicy: failurePolicy("FailJob", "shepherd"),
      template: {
        metadata: { labels: labels(settings, "shepherd") },
        spec: shepherdPod(settings, shepherd),
      },
    },
  };
  return [service, job];
}

function shepherdPod(settings: KubernetesSettings, shepherd: KubernetesShepherd): object {
  const keeps = Object.keys(shepherd.secrets);
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: settings.graceSeconds,
    containers: [
      {
        name: "shepherd",
        image: settings.image,
        command: shepherdCommand(settings, shepherd),
        env: [{ name: "PCP_CACHE_DIR", value: CACHE }],
        ports: [{ name: "https", containerPort: shepherd.port }],
        readinessProbe: { tcpSocket: { port: shepherd.port } },
        securityContext: CONFINED,
        volumeMounts: [
          { name: "run", mountPath: shepherd.mountPath },
          { name: "cache", mountPath: CACHE },
          ...(keeps.length === 0 ? [] : [{ name: "secrets", mountPath: SECRETS, readOnly: true }]),
        ],
      },
    ],
    volumes: [
      { name: "run", persistentVolumeClaim: { claimName: shepherd.volumeClaim } },
      { name: "cache", emptyDir: {} },
      ...(keeps.length === 0
        ? []
        : [
            {
              name: "secrets",
              secret: {
                secretName: objectNames(settings.name).secret,
                items: keeps.map((key) => ({ key, path: key })),
                // Readable for any user of the container: the volume is the pod's alone.
                defaultMode: 0o444,
              },
            },
          ]),
    ],
  };
}

/** All objects of a launch, in the order in which they are to be made. */
export const kubernetesObjects = (settings: KubernetesSettings): KubernetesObject[] => [
  ...secretObject(settings),
  ...shepherdObjects(settings),
  workerJob(settings),
];

/** Objects as one YAML text for `kubectl apply -f -`. */
export const kubernetesYaml = (objects: readonly KubernetesObject[]): string =>
  objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join("");
