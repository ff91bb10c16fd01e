import { partsOf } from '@snowflow/contracts/policies/qualified-name';
import { z } from 'zod';

const operations = z.array(z.array(z.object({ objects: z.array(z.string()).optional() })));

/** The names of the objects that EXPLAIN USING JSON says a statement reads and writes, each by its parts; undefined where it says none. */
export function explainedObjects(explanation: unknown): string[][] | undefined {
  const { data } = z.object({ Operations: operations }).safeParse(explanation);
  const names = data?.Operations.flat().flatMap(({ objects }) => objects ?? []);
  const parts = names?.map((name) => partsOf(name, { fold: false }));
  return parts?.every((one) => one !== undefined) ? parts : undefined;
}
