import type { Expression } from '../parser/expression-tree';
import type { StatementTree } from '../parser/statement-tree';
import { statementTypes } from '../results/result';
import { checkParameter } from '../sessions/session-parameters';
import { SessionTransaction } from '../sessions/session-transaction';
import type { CompiledStatement } from '../sql/compiled-statement';
import { text as quoted } from '../engine/quote';
import { unsupported } from '../statements/warehouse-error';
import { statusCommand } from './status-result';

/** ALTER SESSION SET and UNSET; nothing is set when one of the values is refused. */
export function compileAlterSession(tree: Extract<StatementTree, { t: 'alterSession' }>): CompiledStatement {
  const checked = tree.set.map(([name, value]) => [name, checkParameter(name, value)] as const);
  return statusCommand(statementTypes.set, ({ session }) => {
    for (const [name, value] of checked) session.parameters.set(name, value);
    for (const name of tree.unset) session.parameters.unset(name);
  });
}

/** SET name = literal. */
export function compileSetVariables(tree: Extract<StatementTree, { t: 'setVariables' }>): CompiledStatement {
  const values = tree.values.map(([name, value]) => [name, literalSource(value)] as const);
  return statusCommand(statementTypes.set, ({ session }) => {
    for (const [name, value] of values) session.variables.set(name, value);
  });
}

export function compileUnsetVariables(tree: Extract<StatementTree, { t: 'unsetVariables' }>): CompiledStatement {
  return statusCommand(statementTypes.set, ({ session }) => {
    for (const name of tree.names) session.variables.delete(name);
  });
}

function literalSource(value: Expression): string {
  if (value.t === 'number') return value.text;
  if (value.t === 'string') return quoted(value.value.replaceAll('\\', '\\\\'));
  if (value.t === 'boolean') return String(value.value);
  if (value.t === 'unary' && value.operator === '-' && value.operand.t === 'number') return `-${value.operand.text}`;
  throw unsupported('SET of anything but a literal', value.at);
}

/** BEGIN, COMMIT and ROLLBACK; COMMIT and ROLLBACK without a transaction do nothing. */
export function compileTransaction(tree: Extract<StatementTree, { t: 'transaction' }>): CompiledStatement {
  return statusCommand(statementTypes.transaction, async ({ session }) => {
    if (tree.verb === 'BEGIN') {
      session.transaction ??= await SessionTransaction.begin(session.account.engine);
      return;
    }
    const { transaction } = session;
    session.transaction = undefined;
    await transaction?.end(tree.verb);
  });
}
