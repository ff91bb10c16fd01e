import { Access } from '../../catalog/access';
import type { StatementTree } from '../../parser/statement-tree';
import { parameterCatalog } from '../../sessions/session-parameters';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { textColumn, timeColumn } from '../../sql/rows-relation';
import type { Statement } from '../../statements/statement';
import { showGrants, showRoles, showWarehouses } from './show-account';
import { showDatabases, showSchemas } from './show-containers';
import { listCommand, selected } from './show-format';
import { showSearchServices } from './show-search';
import { showSemanticParts, showSemanticViews } from './show-semantic';
import { showModels } from './show-models';
import { showPrimaryKeys } from './show-keys';
import { showColumns, showRelations } from './show-relations';

/** SHOW of every kind: what the statement's role sees. */
export function compileShow(tree: Extract<StatementTree, { t: 'show' }>, statement: Statement): CompiledStatement {
  const { kind, options } = tree;
  const access = new Access(statement.session, statement.context);
  switch (kind) {
    case 'DATABASES':
      return showDatabases(options, access);
    case 'SCHEMAS':
      return showSchemas(options, access);
    case 'TABLES':
    case 'VIEWS':
    case 'OBJECTS':
      return showRelations(kind, options, access);
    case 'COLUMNS':
      return showColumns(options, access);
    case 'SEMANTIC VIEWS':
      return showSemanticViews(options, access);
    case 'SEMANTIC DIMENSIONS':
    case 'SEMANTIC METRICS':
    case 'SEMANTIC FACTS':
      return showSemanticParts(kind, options, access);
    case 'CORTEX SEARCH SERVICES':
      return showSearchServices(options, access);
    case 'PRIMARY KEYS':
      return showPrimaryKeys(options, access);
    case 'WAREHOUSES':
      return showWarehouses(options, access);
    case 'ROLES':
      return showRoles(options, access, statement.session.person);
    case 'GRANTS':
      return showGrants(tree.grants, options, statement);
    case 'MODELS':
      return showModels(options);
    case 'PARAMETERS':
      return showParameters(tree, statement);
    default:
      return listCommand<never>(
        [],
        [
          timeColumn('created_on', () => null),
          ...['name', 'database_name', 'schema_name', 'owner', 'comment'].map((name) =>
            textColumn<never>(name, () => null),
          ),
        ],
      );
  }
}

function showParameters({ options }: Extract<StatementTree, { t: 'show' }>, statement: Statement): CompiledStatement {
  type Row = ReturnType<typeof statement.session.parameters.all>[number];
  const rows = selected(statement.session.parameters.all(), ({ name }) => name, options);
  const known = (name: string) => parameterCatalog[name];
  const kindOf = (value: unknown) =>
    typeof value === 'number' ? 'NUMBER' : typeof value === 'boolean' ? 'BOOLEAN' : 'STRING';
  return listCommand<Row>(rows, [
    textColumn('key', ({ name }) => name),
    textColumn('value', ({ value }) => String(value)),
    textColumn('default', ({ name }) => String(known(name)?.default ?? '')),
    textColumn('level', ({ isDefault }) => (isDefault ? '' : 'SESSION')),
    textColumn('description', ({ name }) => known(name)?.description ?? ''),
    textColumn('type', ({ value }) => kindOf(value)),
  ]);
}
