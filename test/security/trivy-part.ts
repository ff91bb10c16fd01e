import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Row } from '../../bench/report';
import { barred, type PartOutcome } from './part';
import { printed, scratchFolder, trivy } from './tools';

interface Report {
  Results?: {
    Target: string;
    MisconfSummary?: { Successes: number; Failures: number };
    Misconfigurations?: { ID: string; Severity: string; Title: string }[];
    Secrets?: { RuleID: string; Severity: string; StartLine: number }[];
  }[];
}

/** Files in which something looks like a secret and is none, and what it is. */
const NO_SECRETS: Readonly<Record<string, string>> = {
  'frontend/src/features/session/SignInForm.spec.tsx':
    'three letters between the lines of a key, for the field that takes a file',
};
const OVERLAYS = 'k8s/overlays';
const COMPONENTS = 'k8s/components';
const KUBECTL = 'the kubectl of your cluster, or apt-get install -y kubernetes-client';
/** A container that may do everything to its machine. */
const PLANTED = `apiVersion: v1
kind: Pod
metadata: { name: planted }
spec:
  hostPID: true
  containers: [{ name: all, image: 'a:latest', securityContext: { privileged: true } }]
`;

/** Dockerfile and all that Kustomize makes of k8s/: nothing high or critical. A planted mistake shows that it looks. It reads no Compose file. */
export async function configuration(): Promise<PartOutcome> {
  const folder = await scratchFolder();
  try {
    const program = await trivy();
    await cp('Dockerfile', join(folder, 'Dockerfile'));
    for (const overlay of await readdir(OVERLAYS)) await render(join(OVERLAYS, overlay), folder, overlay);
    for (const component of await readdir(COMPONENTS)) await renderWithBase(component, folder);
    const config = ['config', '--quiet', '--skip-policy-update', '--severity', 'HIGH,CRITICAL'];
    const results = await scan(program, config, folder);
    const found = results.flatMap(({ Target, Misconfigurations = [] }) =>
      Misconfigurations.map(({ ID, Severity, Title }) => ({
        what: `  ${Target}`,
        value: Severity,
        compared: `${ID} ${Title}`,
      })),
    );
    await writeFile(join(folder, 'planted.yaml'), PLANTED);
    const planted = (await scan(program, config, join(folder, 'planted.yaml'))).flatMap(
      ({ Misconfigurations = [] }) => Misconfigurations,
    );
    const checks = results.reduce((sum, { MisconfSummary }) => sum + (MisconfSummary?.Successes ?? 0), 0);
    return {
      isGood: found.length === 0 && planted.length > 0 && checks > 0,
      rows: [
        barred('high and critical', found.length, `${checks} checks held in ${results.length} files`),
        ...found,
        { what: 'found in a planted mistake', value: String(planted.length), compared: 'bar: some' },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function render(kustomization: string, folder: string, name: string): Promise<void> {
  await writeFile(join(folder, `${name}.yaml`), await printed('kubectl', ['kustomize', kustomization], KUBECTL));
}

/** The base with one component, as an overlay of somebody else's would have it. */
async function renderWithBase(component: string, folder: string): Promise<void> {
  const own = await scratchFolder();
  try {
    const [base, added] = ['k8s/base', join(COMPONENTS, component)].map((path) => relative(own, path));
    const lines = ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', `resources: ['${base}']`];
    await writeFile(join(own, 'kustomization.yaml'), [...lines, `components: ['${added}']`, ''].join('\n'));
    await render(own, folder, `base-and-${component}`);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** What looks like a key or a token: in the tree, and in everything that was ever committed. */
export async function secrets(): Promise<PartOutcome> {
  const folder = await scratchFolder();
  try {
    const program = await trivy();
    const fs = ['fs', '--quiet', '--scanners', 'secret'];
    const skipped = ['--skip-dirs', 'node_modules,dist,.git,.snowflow'];
    const all = secretsIn(await scan(program, [...fs, ...skipped], '.'));
    const tree = all.filter(({ target }) => !(target in NO_SECRETS));
    const commits = await writeHistory(folder);
    const past = secretsIn(await scan(program, fs, folder));
    // Put together here, so that no file has one.
    await writeFile(join(folder, 'planted.txt'), `aws_access_key_id = ${'AKIA'}${'IOSFODNN7EXAMPLQ'}\n`);
    const planted = secretsIn(await scan(program, fs, join(folder, 'planted.txt'))).length;
    return {
      isGood: tree.length === 0 && past.length === 0 && planted > 0,
      rows: [
        barred('in the tree', tree.length, `${Object.keys(NO_SECRETS).length} file named with a reason`),
        ...tree.map(toRow),
        barred('in the history', past.length, `${commits} commits`),
        ...past.map(toRow),
        { what: 'found in a planted one', value: String(planted), compared: 'bar: some' },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Found {
  target: string;
  line: string;
}

const toRow = ({ target, line }: Found): Row => ({ what: `  ${target}`, value: 'secret', compared: line });

const secretsIn = (results: NonNullable<Report['Results']>): Found[] =>
  results.flatMap(({ Target, Secrets = [] }) =>
    Secrets.map(({ RuleID, StartLine }) => ({ target: Target, line: `${RuleID} in line ${StartLine}` })),
  );

async function scan(program: string, args: readonly string[], target: string): Promise<NonNullable<Report['Results']>> {
  const text = await printed(program, [...args, '--format', 'json', target], 'npm, for the registry');
  return (JSON.parse(text) as Report).Results ?? [];
}

const DIFF = [
  'log',
  '--all',
  '-p',
  '--unified=0',
  '--no-color',
  '--no-ext-diff',
  '--format=commit %H',
  '--',
  '.',
  ':!package-lock.json',
];

/** Every line that a commit added, by commit; answers how many commits there are. */
async function writeHistory(folder: string): Promise<number> {
  const log = await printed(
    'git',
    [...DIFF, ...Object.keys(NO_SECRETS).map((file) => `:!${file}`)],
    'apt-get install -y git',
  );
  const commits = log.split(/^commit /m).slice(1);
  for (const [index, commit] of commits.entries()) {
    const added = commit.split('\n').filter((line) => line.startsWith('+') && !line.startsWith('+++'));
    const id = commit.slice(0, 12);
    await writeFile(join(folder, `${index}-${id}.txt`), added.map((line) => line.slice(1)).join('\n'));
  }
  return commits.length;
}
