import { Access } from '../catalog/access';
import type { CatalogColumn, RelationEntry } from '../catalog/catalog-entries';
import type { StatementTree } from '../parser/statement-tree';
import { smallResult, statementTypes } from '../results/result';
import type { CompiledStatement } from '../sql/compiled-statement';
import { text, typeName, type ResultColumn } from '../sql/snowflake-type';
import type { Statement } from '../statements/statement';
import { objectNotFound, unsupported, WarehouseError } from '../statements/warehouse-error';

const names = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
  'policy name',
  'privacy domain',
];
const columns: ResultColumn[] = names.map((name) => ({ name, type: text, nullable: true }));

const line = ({ name, type, nullable, default: written, primaryKey, comment }: CatalogColumn) => [
  name,
  typeName(type),
  'COLUMN',
  nullable ? 'Y' : 'N',
  written ?? null,
  primaryKey ? 'Y' : 'N',
  'N',
  null,
  null,
  comment ?? null,
  null,
  null,
];

/** DESCRIBE TABLE and DESCRIBE VIEW. */
export function compileDescribe(
  tree: Extract<StatementTree, { t: 'describe' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const name = tree.name.map(({ text: part }) => part);
  const relation: RelationEntry | undefined = access.findRelation(name);
  const title = tree.kind === 'VIEW' ? 'View' : 'Table';
  if (!relation || (tree.kind === 'VIEW' && relation.kind === 'TABLE')) throw objectNotFound(title, name.join('.'));
  return {
    columns,
    statementTypeId: statementTypes.describe,
    run: async () => smallResult(columns, relation.columns.map(line), statementTypes.describe),
  };
}

/** DESCRIBE RESULT: the columns of a kept result of one's own. */
export function compileDescribeResult(
  tree: Extract<StatementTree, { t: 'describeResult' }>,
  statement: Statement,
): CompiledStatement {
  const { queryId } = tree;
  const { session } = statement;
  const last = queryId.t === 'call' && queryId.name === 'LAST_QUERY_ID';
  if (!last && queryId.t !== 'string') throw unsupported('DESCRIBE RESULT of a computed query id', queryId.at);
  const id = queryId.t === 'string' ? queryId.value : session.lastQueryId;
  const kept = id === undefined ? undefined : session.account.statements.find(id);
  if (!kept?.result || kept.session.person !== session.person) {
    throw new WarehouseError('000709', '02000', `Statement ${id ?? ''} not found`);
  }
  const described = columns.slice(0, 10);
  const rows = kept.result.columns.map(({ name, type, nullable }) => [
    name,
    typeName(type),
    'COLUMN',
    nullable ? 'Y' : 'N',
    null,
    'N',
    'N',
    null,
    null,
    null,
  ]);
  return {
    columns: described,
    statementTypeId: statementTypes.describe,
    run: async () => smallResult(described, rows, statementTypes.describe),
  };
}
