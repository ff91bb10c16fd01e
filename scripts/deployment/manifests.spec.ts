import { VARIANTS } from './kubernetes-folders';
import { manifestProblems } from './manifest-rules';
import { pathsOf, waysOut } from './network-paths';
import { typeProblems } from './type-check';

describe.each(Object.keys(VARIANTS))('The manifests of %s', (name) => {
  const objects = VARIANTS[name]?.() ?? [];

  it('hold only fields that Kubernetes knows, with values of their types', () => {
    expect(objects.length).toBeGreaterThan(30);
    expect(typeProblems(objects)).toEqual([]);
  });

  it('break no rule', () => {
    expect(manifestProblems(objects)).toEqual([]);
  });
});

describe('The network', () => {
  const everyone = ['auth', 'catalog', 'connection-manager', 'gateway', 'worker', 'workflow'];

  it('of the overlay dev has the paths that the architecture names, and no other', () => {
    expect(pathsOf(VARIANTS['overlays/dev']?.() ?? [])).toEqual(
      [
        ...everyone.map((name) => `${name} -> redis:6379`),
        ...['auth', 'worker', 'workflow'].map((name) => `${name} -> postgres:5432`),
        'connection-manager -> local-warehouse:8090',
        'gateway -> connection-manager:3110',
        'worker -> connection-manager:3110',
      ].sort(),
    );
  });

  it('of the overlay production leads out to Snowflake from connection-manager alone, and to the stores from who needs them', () => {
    const stores = everyone.map((name) => `${name} -> 10.20.0.0/24:6379`);
    const keepers = ['auth', 'worker', 'workflow'].map((name) => `${name} -> 10.20.0.0/24:5432`);
    const snowflake = [443, 80].map((port) => `connection-manager -> 0.0.0.0/0:${port}`);
    expect(waysOut(VARIANTS['overlays/production']?.() ?? [])).toEqual([...stores, ...keepers, ...snowflake].sort());
  });
});
