import { VARIANTS } from '../deployment/kubernetes-folders';
import { type Manifest, ofKind } from '../deployment/manifest';
import { workloadsOf } from '../deployment/workload';
import { emptyFolders, podManifests } from './pod-manifests';

const overlay = VARIANTS['overlays/dev']?.() ?? [];
const secrets = {
  'snowflow-redis': { 'redis.conf': 'appendonly yes' },
  'snowflow-database': { POSTGRES_PASSWORD: 'long' },
};
const made = podManifests(overlay, secrets, { workload: 'gateway', hostPort: 3481 });
const pods = made.filter(({ kind }) => kind === 'Pod');

describe('What podman runs of the overlay dev', () => {
  it('is a pod for each workload, which other pods find by the name of its Service', () => {
    const services = ofKind(overlay, 'v1/Service').map(({ metadata }) => metadata.name);
    const names = pods.map(({ metadata }) => metadata.name);
    expect(names).toEqual(workloadsOf(overlay).map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(services));
  });

  it('has the containers of the overlay, with what they may do and their settings', () => {
    for (const { name, containers, pod } of workloadsOf(overlay)) {
      const expected = containers.map(({ ports: _ports, volumeMounts: _mounts, ...container }) => container);
      expect(pods.find(({ metadata }) => metadata.name === name)).toMatchObject({
        spec: { containers: expected, securityContext: pod.securityContext },
      });
    }
  });

  it('has each folder that a container mounts, and none of them in two pods', () => {
    const names = workloadsOf(pods.map(asDeployment)).flatMap(({ pod, containers }) => {
      const volumes = (pod.volumes ?? []).map(({ name }) => name);
      const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
      expect([...volumes].sort()).toEqual([...mounts].sort());
      return volumes;
    });
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves folders to take away, which it names', () => {
    expect(emptyFolders(made)).toEqual(expect.arrayContaining(['gateway-tmp', 'local-warehouse-data', 'postgres-run']));
    expect(emptyFolders(made).every((name) => !name.endsWith('-keys'))).toBe(true);
  });

  it('opens one port of this machine, to the gateway', () => {
    expect(JSON.stringify(made).match(/"hostPort":\d+/g)).toEqual(['"hostPort":3481']);
  });

  it('brings the files of secrets and the folders that last, by the names that pods mount', () => {
    const kept = made.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);
    expect(kept.sort()).toEqual(['data-postgres', 'data-redis']);
    const files = ofKind(made, 'v1/ConfigMap').filter(({ metadata }) => metadata.name.endsWith('-files'));
    expect(files.map(({ data }) => data)).toEqual(expect.arrayContaining(Object.values(secrets)));
    const mounted = JSON.stringify(pods).match(/"(claimName|name)":"(data-[a-z]+|snowflow-[a-z]+-files)"/g);
    expect([...(mounted ?? [])].sort()).toEqual([
      '"claimName":"data-postgres"',
      '"claimName":"data-redis"',
      '"name":"snowflow-database-files"',
      '"name":"snowflow-redis-files"',
    ]);
  });
});

const asDeployment = ({ metadata, spec }: Manifest): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: { selector: {}, template: { spec } },
});
