import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import { identifier } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Problem } from '@snowflow/contracts/documents/problem';
import { notDeployable, ObjectName } from './exported';

const LONGEST = 255;

/** The names of a graph's tasks: the given one is the root's, the others add their step to it. */
export function taskNames(root: ObjectName, steps: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set([root.name]);
  return new Map(
    steps.map((step) => {
      const wanted = `${root.name}_${step.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_')}`.slice(0, LONGEST - 4);
      let name = wanted;
      for (let n = 2; used.has(name); n += 1) name = `${wanted}_${n}`;
      used.add(name);
      return [step, name];
    }),
  );
}

/** A task asks another for what it returned by its bare name, which has to mean the same with and without quotes. */
export function graphNameProblem({ name }: ObjectName): Problem[] {
  if (/^[A-Z_][A-Z0-9_]*$/.test(name) && name.length <= LONGEST / 2) return [];
  const message = 'The tasks of a graph with conditions need a short name of capitals, digits and _';
  return [{ ...notDeployable(undefined, message, 'Give another name'), path: 'name.name' }];
}

/** A task's full name, quoted. */
export function quotedTask({ database, schema }: ObjectName, name: string): string {
  return renderLiterals(identifier(database, schema, name));
}
