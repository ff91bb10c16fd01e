import { parseStatement } from '../parser/statement-parser';
import type { StatementTree } from '../parser/statement-tree';
import type { CompiledStatement } from '../sql/compiled-statement';
import type { Statement } from '../statements/statement';
import { compileGrantReading } from './account/object-grants';
import { compileCreateRole, compileDropRole, compileGrantManaging, compileGrantRole } from './account/roles';
import { compileAddToken, compileRemoveToken } from './account/tokens';
import { compileAlterUser, compileCreateUser, compileDropUser } from './account/users';
import { compileAlterTable, compileComment } from './ddl/alter-table';
import { compileCreateDatabase, compileCreateSchema } from './ddl/containers';
import { compileCreateTable } from './ddl/create-table';
import { compileCreateView } from './ddl/create-view';
import { compileDrop } from './ddl/drop';
import { compileCreateSequence, compileTruncate } from './ddl/sequence-truncate';
import { compileCreateSearchService, compileDropSearchService } from './ddl/search-service';
import { compileCreateSemanticView, compileDropSemanticView } from './ddl/semantic-view';
import { compileCreateFromYaml } from './ddl/semantic-view-from-yaml';
import { compileCreateTag } from './ddl/tags';
import { compileDescribe, compileDescribeResult } from './describe';
import { compileInsert } from './dml/insert';
import { compileMerge } from './dml/merge';
import { compileDelete, compileUpdate } from './dml/update-delete';
import { compileDescribeSemanticView } from './describe-semantic-view';
import { compileExplain } from './explain';
import { compileInnerQuery, compileQuery, knownQuery } from './run-query';
import {
  compileAlterSession,
  compileSetVariables,
  compileTransaction,
  compileUnsetVariables,
} from './session-commands';
import { compileShow } from './show/compile-show';
import { compileUse, compileUseSecondaryRoles } from './use';

/** Checks a statement against the catalog and the rights of its role, and makes it ready to run. */
export const compileStatement = (statement: Statement): CompiledStatement =>
  knownQuery(statement) ?? compileTree(parseStatement(statement.request.sqlText), statement);

const compileExplained = (tree: StatementTree, statement: Statement): CompiledStatement =>
  tree.t === 'query' ? compileInnerQuery(tree.query, statement) : compileTree(tree, statement);

function compileTree(tree: StatementTree, statement: Statement): CompiledStatement {
  switch (tree.t) {
    case 'query':
      return compileQuery(tree.query, statement);
    case 'insert':
      return compileInsert(tree, statement);
    case 'update':
      return compileUpdate(tree, statement);
    case 'delete':
      return compileDelete(tree, statement);
    case 'merge':
      return compileMerge(tree, statement);
    case 'createTable':
      return compileCreateTable(tree, statement);
    case 'createView':
      return compileCreateView(tree, statement);
    case 'createSemanticView':
      return compileCreateSemanticView(tree, statement);
    case 'createSemanticViewFromYaml':
      return compileCreateFromYaml(tree, statement);
    case 'dropSemanticView':
      return compileDropSemanticView(tree, statement);
    case 'describeSemanticView':
      return compileDescribeSemanticView(tree, statement);
    case 'createSearchService':
      return compileCreateSearchService(tree, statement);
    case 'dropSearchService':
      return compileDropSearchService(tree, statement);
    case 'createSchema':
      return compileCreateSchema(tree, statement);
    case 'createDatabase':
      return compileCreateDatabase(tree, statement);
    case 'createSequence':
      return compileCreateSequence(tree, statement);
    case 'createTag':
      return compileCreateTag(tree, statement);
    case 'drop':
      return compileDrop(tree, statement);
    case 'truncate':
      return compileTruncate(tree, statement);
    case 'alterTable':
      return compileAlterTable(tree, statement);
    case 'commentOn':
      return compileComment(tree, statement);
    case 'createUser':
      return compileCreateUser(tree, statement);
    case 'alterUser':
      return compileAlterUser(tree, statement);
    case 'dropUser':
      return compileDropUser(tree, statement);
    case 'addToken':
      return compileAddToken(tree, statement);
    case 'removeToken':
      return compileRemoveToken(tree, statement);
    case 'createRole':
      return compileCreateRole(tree, statement);
    case 'dropRole':
      return compileDropRole(tree, statement);
    case 'grantRole':
      return compileGrantRole(tree, statement);
    case 'grantReading':
      return compileGrantReading(tree, statement);
    case 'grantManaging':
      return compileGrantManaging(tree, statement);
    case 'use':
      return compileUse(tree);
    case 'useSecondaryRoles':
      return compileUseSecondaryRoles(tree);
    case 'show':
      return compileShow(tree, statement);
    case 'describe':
      return compileDescribe(tree, statement);
    case 'describeResult':
      return compileDescribeResult(tree, statement);
    case 'explain':
      return compileExplain(tree, compileExplained(tree.statement, statement));
    case 'alterSession':
      return compileAlterSession(tree);
    case 'setVariables':
      return compileSetVariables(tree);
    case 'unsetVariables':
      return compileUnsetVariables(tree);
    case 'transaction':
      return compileTransaction(tree);
  }
}
