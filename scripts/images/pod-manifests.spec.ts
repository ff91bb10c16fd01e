import { VARIANTS } from '../deployment/kubernetes-folders';
import { ofKind } from '../deployment/manifest';
import { workloadsOf } from '../deployment/workload';
import { podManifests } from './pod-manifests';

const overlay = VARIANTS['overlays/dev']?.() ?? [];
const secrets = { 'snowflow-redis': { 'redis.conf': 'eA==' }, 'snowflow-database': { POSTGRES_PASSWORD: 'eA==' } };
const made = podManifests(overlay, secrets, { workload: 'gateway', hostPort: 3481 });
const pods = made.filter(({ kind }) => kind === 'Pod');

describe('What podman runs of the overlay dev', () => {
  it('is a pod for each workload, which other pods find by the name of its Service', () => {
    const services = ofKind(overlay, 'v1/Service').map(({ metadata }) => metadata.name);
    const names = pods.map(({ metadata }) => metadata.name);
    expect(names).toEqual(workloadsOf(overlay).map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(services));
  });

  it('has the containers of the overlay, with what they may do, their settings and their mounts', () => {
    for (const { name, containers, pod } of workloadsOf(overlay)) {
      const expected = containers.map(({ ports: _ports, ...container }) => container);
      expect(pods.find(({ metadata }) => metadata.name === name)).toMatchObject({
        spec: { containers: expected, securityContext: pod.securityContext },
      });
    }
  });

  it('opens one port of this machine, to the gateway', () => {
    expect(JSON.stringify(made).match(/"hostPort":\d+/g)).toEqual(['"hostPort":3481']);
  });

  it('brings the files of secrets and the folders that last, by the names that pods mount', () => {
    const brought = made.filter(({ kind }) => kind === 'Secret' || kind === 'PersistentVolumeClaim');
    expect(brought.map(({ metadata }) => metadata.name).sort()).toEqual([
      'data-postgres',
      'data-redis',
      'snowflow-database-files',
      'snowflow-redis-files',
    ]);
    const mounted = JSON.stringify(pods).match(/"(claimName|secretName)":"[^"]+"/g);
    expect([...(mounted ?? [])].sort()).toEqual([
      '"claimName":"data-postgres"',
      '"claimName":"data-redis"',
      '"secretName":"snowflow-database-files"',
      '"secretName":"snowflow-redis-files"',
    ]);
  });
});
