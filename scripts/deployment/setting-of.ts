import { PROGRAMS } from '../configuration-page';
import { type Manifest, ofKind } from './manifest';
import { workloadsOf } from './workload';

/** The value that a program gets of a variable: of its container, of the ConfigMaps it reads, or else the default of its env.ts. */
export function settingOf(objects: readonly Manifest[], program: string, variable: string): string {
  const containers = workloadsOf(objects).find(({ name }) => name === program)?.containers ?? [];
  const own = containers.flatMap(({ env = [] }) => env).find(({ name }) => name === variable)?.value;
  const maps = containers
    .flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef?.name))
    .map((name) => ofKind(objects, 'v1/ConfigMap').find(({ metadata }) => metadata.name === name)?.data?.[variable]);
  const given = own ?? maps.findLast((value) => value !== undefined);
  return given || (PROGRAMS[program]?.[variable]?.default ?? '');
}
