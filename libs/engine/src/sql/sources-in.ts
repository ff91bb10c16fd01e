import type { SqlSource } from './sql-parser';
import { everyNode, nameIn, type SqlTree } from './sql-tree';

/** What a parsed query reads from: its tables, and functions that are named with a schema. */
export function sourcesIn(root: SqlTree): SqlSource[] {
  return [...everyNode(root)].flatMap(({ kind, members }): SqlSource[] => {
    if (kind === 'method_call') return [{ schema: 'a function of a schema', name: nameIn(members['method']) ?? '' }];
    if (kind !== 'table') return [];
    const database = nameIn(members['catalog']);
    const schema = nameIn(members['schema']);
    const name = nameIn(members['name']) ?? '';
    return [{ ...(database === undefined ? {} : { database }), ...(schema === undefined ? {} : { schema }), name }];
  });
}
