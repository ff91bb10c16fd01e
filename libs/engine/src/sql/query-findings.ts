import type { SqlFinding } from './sql-parser';
import { everyNode, nameIn, QUERY_KINDS, SqlTree } from './sql-tree';

/** What a statement may be at its root, and what may stand in it; anything else is refused, so a new kind is refused too. */
const ROOTS = new Set(['select', 'union', 'intersect', 'except']);
const CHANGES =
  /^(insert|update|delete|merge|create|drop|alter|truncate|copy|put|get|call|command|execute|use|set|grant|revoke|show|describe|kill|undrop|begin|commit|rollback|into|stage_reference|transaction)/;

/** What is wrong with a text that should be one SELECT. */
export function queryFindings(statements: readonly SqlTree[]): SqlFinding[] {
  const [root] = statements;
  if (!root || statements.length > 1) return [invalid('Write one statement')];
  if (!ROOTS.has(root.kind)) return [invalid('Only a SELECT, or WITH … SELECT, can be read from')];
  for (const node of everyNode(root)) {
    if (node.kind === 'stage_reference') return [invalid('Stages can’t be read here')];
    if (CHANGES.test(node.kind) && !QUERY_KINDS.has(node.kind)) return [invalid('A query can’t change anything')];
    if (node.kind === 'table' && nameIn(node.members.name)?.startsWith('@')) {
      return [invalid('Stages can’t be read here')];
    }
    if (node.kind === 'select' && node.members.into) return [invalid('A query can’t write INTO a table')];
  }
  return [];
}

const invalid = (message: string): SqlFinding => ({ code: 'INVALID_SQL', message });
