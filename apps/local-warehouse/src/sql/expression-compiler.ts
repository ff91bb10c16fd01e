import type { BinaryOperator, Expression } from '../parser/expression-tree';
import { text as quoted } from '../engine/quote';
import { callFunction } from '../functions/call-function';
import { objectLiteral } from '../functions/json-objects';
import { extractPath } from '../functions/json-path';
import { invalidIdentifier, typeError, unsupported, WarehouseError } from '../statements/warehouse-error';
import { arithmetic, interval } from './arithmetic';
import { bindValue } from './bind-value';
import { concatenation } from './concatenation';
import { castTo, commonType, comparable, jsonSql } from './coercion';
import type { Environment } from './environment';
import { parseStatement } from '../parser/statement-parser';
import { boolean, fixed, real, text, textOf } from './snowflake-type';
import { isText, type Typed } from './typed';
import { typeOf } from './type-syntax';

type Of<T extends Expression['t']> = Extract<Expression, { t: T }>;

/** A scalar expression as DuckDB SQL with its Snowflake type. */
export function compileExpression(expression: Expression, env: Environment): Typed {
  const { at } = expression;
  switch (expression.t) {
    case 'number':
      return numberLiteral(expression);
    case 'string':
      return {
        sql: quoted(expression.value),
        type: textOf(Math.max(1, expression.value.length)),
        nullable: false,
        literal: expression.value,
        at,
      };
    case 'boolean':
      return { sql: String(expression.value), type: boolean, nullable: false, literal: expression.value, at };
    case 'null':
      return { sql: 'NULL', type: text, nullable: true, isNull: true, at };
    case 'column':
      return column(expression, env);
    case 'position':
      return positional(expression, env);
    case 'variable':
      return variable(expression, env);
    case 'bind':
      return bindValue(expression, env.context);
    case 'star':
      throw unsupported('* in this place', at);
    case 'call':
      return callFunction(expression, env);
    case 'unary':
      return unary(expression, env);
    case 'binary':
      return binary(expression, env);
    case 'between':
      return between(expression, env);
    case 'in':
      return membership(expression, env);
    case 'like':
      return like(expression, env);
    case 'isNull': {
      const { sql } = compileExpression(expression.operand, env);
      return { sql: `(${sql} IS ${expression.negated ? 'NOT ' : ''}NULL)`, type: boolean, nullable: false, at };
    }
    case 'isBoolean': {
      const { sql } = env.condition(expression.operand);
      const test = `${expression.negated ? 'NOT ' : ''}${expression.value ? 'TRUE' : 'FALSE'}`;
      return { sql: `(${sql} IS ${test})`, type: boolean, nullable: false, at };
    }
    case 'isDistinct': {
      const [left, right] = compilePair(expression.left, expression.right, env);
      const test = expression.negated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM';
      return { sql: `(${left.sql} ${test} ${right.sql})`, type: boolean, nullable: false, at };
    }
    case 'case':
      return caseOf(expression, env);
    case 'cast':
      return cast(expression, env);
    case 'path':
      return extractPath(compileExpression(expression.operand, env), expression.steps, env, at);
    case 'subquery':
      return scalarSubquery(expression, env);
    case 'exists': {
      const { sql } = env.query(expression.query, env.scope);
      return { sql: `EXISTS (${sql})`, type: boolean, nullable: false, at };
    }
    case 'quantified':
      return quantified(expression, env);
    case 'interval':
      return interval(expression.text, at);
    case 'object':
      return objectLiteral(expression, env);
    case 'array': {
      const items = expression.items.map((item) => jsonSql(compileExpression(item, env), 'variant'));
      return { sql: `json_array(${items.join(', ')})`, type: { kind: 'array' }, nullable: false, at };
    }
    case 'tuple':
      throw unsupported('a row of values in this place', at);
  }
}

const compilePair = (left: Expression, right: Expression, env: Environment) =>
  comparable(compileExpression(left, env), compileExpression(right, env));

function numberLiteral({ text: written, at }: Of<'number'>): Typed {
  if (/[eE]/.test(written))
    return { sql: `CAST(${written} AS DOUBLE)`, type: real, nullable: false, literal: Number(written), at };
  const [whole = '', fraction = ''] = written.replace(/^0+(?=\d)/, '').split('.');
  const digits = (whole === '0' ? '' : whole).length + fraction.length;
  if (digits > 38 || fraction.length > 37)
    return { sql: `CAST(${written} AS DOUBLE)`, type: real, nullable: false, at };
  const type = fixed(Math.max(digits, 1), fraction.length);
  const sql = `CAST('${written}' AS DECIMAL(${Math.max(digits, 1)},${fraction.length}))`;
  return { sql, type, nullable: false, literal: Number(written), at };
}

function column({ parts, at }: Of<'column'>, env: Environment): Typed {
  const own = env.scope.findHere(parts);
  const alias = !own && parts.length === 1 ? env.scope.aliases.get(parts[0]?.text ?? '') : undefined;
  const name = parts[0]?.text ?? '';
  if (alias && !env.scope.expanding.has(name)) {
    env.scope.expanding.add(name);
    const value = compileExpression(alias, env);
    env.scope.expanding.delete(name);
    return { ...value, at };
  }
  const found = own ?? env.scope.parent?.find(parts);
  if (found) return { sql: found.sql, type: found.type, nullable: found.nullable, isNull: found.untyped, at };
  const sequence = sequenceValue(
    parts.map(({ text: part }) => part),
    env,
  );
  if (sequence) return { ...sequence, at };
  throw invalidIdentifier(parts.map((part) => (part.quoted ? `"${part.text}"` : part.text)).join('.'), at);
}

/** `seq.NEXTVAL` */
function sequenceValue(parts: readonly string[], env: Environment): Omit<Typed, 'at'> | undefined {
  if (parts.length < 2 || parts.at(-1) !== 'NEXTVAL') return undefined;
  const [database, schema, name] = env.context.access.qualify(parts.slice(0, -1));
  const sequence = env.context.session.account.catalog.schema(database, schema)?.sequences.get(name);
  if (!sequence) return undefined;
  return { sql: `CAST(nextval(${quoted(sequence.physical)}) AS DECIMAL(38,0))`, type: fixed(38, 0), nullable: false };
}

function positional({ number, at }: Of<'position'>, env: Environment): Typed {
  const found = env.scope.visibleColumns()[number - 1];
  if (!found) throw invalidIdentifier(`$${number}`, at);
  return { sql: found.sql, type: found.type, nullable: found.nullable, at };
}

function variable({ name, at }: Of<'variable'>, env: Environment): Typed {
  const value = env.context.session.variables.get(name);
  env.context.volatile = true;
  if (value === undefined) {
    throw new WarehouseError(
      '000904',
      '42000',
      `SQL compilation error: Session variable '$${name}' does not exist`,
      at,
    );
  }
  const tree = parseStatement(`SELECT ${value}`);
  const item = tree.t === 'query' && tree.query.body.t === 'select' ? tree.query.body.items[0] : undefined;
  if (!item) throw invalidIdentifier(`$${name}`, at);
  return { ...compileExpression(item.expression, env), at };
}

function unary({ operator, operand, at }: Of<'unary'>, env: Environment): Typed {
  if (operator === 'NOT') {
    const value = env.condition(operand);
    return { sql: `(NOT ${value.sql})`, type: boolean, nullable: value.nullable, at };
  }
  const value = compileExpression(operand, env);
  const number = value.type.kind === 'fixed' || value.type.kind === 'real' ? value : castTo(value, fixed(38, 12));
  if (operator === '+') return { ...number, at };
  const literal = typeof number.literal === 'number' ? -number.literal : undefined;
  return { ...number, sql: `(-${number.sql})`, literal, at };
}

function binary({ operator, left, right, at }: Of<'binary'>, env: Environment): Typed {
  if (operator === 'AND' || operator === 'OR') {
    const [a, b] = [env.condition(left), env.condition(right)];
    return { sql: `(${a.sql} ${operator} ${b.sql})`, type: boolean, nullable: a.nullable || b.nullable, at };
  }
  if (operator === '||') return concatenation(compileExpression(left, env), compileExpression(right, env), at);
  if (operator === '+' || operator === '-' || operator === '*' || operator === '/' || operator === '%') {
    return arithmetic(operator, compileExpression(left, env), compileExpression(right, env), at);
  }
  if (left.t === 'tuple' && right.t === 'tuple') return tupleComparison(operator, left, right, env);
  const [a, b] = compilePair(left, right, env);
  return { sql: `(${a.sql} ${operator} ${b.sql})`, type: boolean, nullable: a.nullable || b.nullable, at };
}

function tupleComparison(operator: BinaryOperator, left: Of<'tuple'>, right: Of<'tuple'>, env: Environment): Typed {
  if (operator !== '=' || left.items.length !== right.items.length) throw unsupported('comparison of rows', left.at);
  const pairs = left.items.map((item, index) => compilePair(item, right.items[index] ?? item, env));
  const sql = pairs.map(([a, b]) => `(${a.sql} = ${b.sql})`).join(' AND ');
  return { sql: `(${sql})`, type: boolean, nullable: true, at: left.at };
}

function between({ operand, low, high, negated, at }: Of<'between'>, env: Environment): Typed {
  const [value, from] = compilePair(operand, low, env);
  const [other, to] = compilePair(operand, high, env);
  const sql = `(${value.sql} >= ${from.sql} AND ${other.sql} <= ${to.sql})`;
  return {
    sql: negated ? `(NOT ${sql})` : sql,
    type: boolean,
    nullable: value.nullable || from.nullable || to.nullable,
    at,
  };
}

function membership({ operand, options, negated, at }: Of<'in'>, env: Environment): Typed {
  const not = negated ? 'NOT ' : '';
  if (!Array.isArray(options)) return inQuery(operand, options, not, env);
  if (operand.t === 'tuple') return inRows(operand, options, not, env);
  const value = compileExpression(operand, env);
  const items = options.map((option) => compileExpression(option, env));
  const pairs = items.map((item) => comparable(value, item));
  const simple = pairs.every(([left]) => left.sql === value.sql);
  const sql = simple
    ? `(${value.sql} IN (${pairs.map(([, item]) => item.sql).join(', ')}))`
    : `(${pairs.map(([left, item]) => `(${left.sql} = ${item.sql})`).join(' OR ')})`;
  const nullable = value.nullable || items.some((item) => item.nullable);
  return { sql: not ? `(NOT ${sql})` : sql, type: boolean, nullable, at };
}

function inRows(operand: Of<'tuple'>, options: Expression[], not: string, env: Environment): Typed {
  const rows = options.map((option) => {
    if (option.t !== 'tuple') throw typeError('A row of values was expected', option.at);
    return tupleComparison('=', operand, option, env).sql;
  });
  return { sql: `(${not}(${rows.join(' OR ')}))`, type: boolean, nullable: true, at: operand.at };
}

function inQuery(
  operand: Expression,
  query: Exclude<Of<'in'>['options'], Expression[]>,
  not: string,
  env: Environment,
): Typed {
  const values = operand.t === 'tuple' ? operand.items : [operand];
  const compiled = env.query(query, env.scope);
  if (compiled.columns.length !== values.length) {
    throw typeError(
      `Invalid argument count for IN: ${values.length} and ${compiled.columns.length} columns`,
      operand.at,
    );
  }
  const pairs = values.map((value, index) => {
    const { type, nullable } = compiled.columns[index] ?? { type: text, nullable: true };
    return comparable(compileExpression(value, env), { sql: `q.c${index}`, type, nullable, at: value.at });
  });
  const left = pairs.map(([value]) => value.sql).join(', ');
  const right = pairs.map(([, value]) => value.sql).join(', ');
  const rows = pairs.length > 1 ? `(${left})` : left;
  const target = pairs.length > 1 ? `(${right})` : right;
  const sql = `(${rows} ${not}IN (SELECT ${target} FROM (${compiled.sql}) q))`;
  return { sql, type: boolean, nullable: true, at: operand.at };
}

function like({ operator, operand, patterns, quantifier, escape, negated, at }: Of<'like'>, env: Environment): Typed {
  const value = castTo(compileExpression(operand, env), text);
  const ending = escape ? ` ESCAPE ${castTo(compileExpression(escape, env), text).sql}` : '';
  const tests = patterns.map((pattern) => {
    const { sql } = castTo(compileExpression(pattern, env), text);
    return operator === 'RLIKE'
      ? `regexp_full_match(${value.sql}, ${sql})`
      : `(${value.sql} ${operator} ${sql}${ending})`;
  });
  const sql = `(${tests.join(quantifier === 'ANY' ? ' OR ' : ' AND ')})`;
  return { sql: negated ? `(NOT ${sql})` : sql, type: boolean, nullable: true, at };
}

function caseOf({ operand, whens, otherwise, at }: Of<'case'>, env: Environment): Typed {
  const results = [...whens.map(({ then }) => then), ...(otherwise ? [otherwise] : [])].map((tree) =>
    compileExpression(tree, env),
  );
  const type = commonType(results, at);
  const subject = operand && compileExpression(operand, env);
  const branches = whens.map(({ when }, index) => {
    const pair = subject && comparable(subject, compileExpression(when, env));
    const test = pair ? `${pair[0].sql} = ${pair[1].sql}` : env.condition(when).sql;
    const result = results[index];
    return result ? `WHEN ${test} THEN ${castTo(result, type).sql}` : '';
  });
  const last = otherwise ? results.at(-1) : undefined;
  const sql = `CASE ${branches.join(' ')}${last ? ` ELSE ${castTo(last, type).sql}` : ''} END`;
  return { sql, type, nullable: !last || results.some(({ nullable }) => nullable), at };
}

function cast(tree: Of<'cast'>, env: Environment): Typed {
  const value = compileExpression(tree.operand, env);
  if (tree.try && !isText(value) && !value.isNull) throw typeError('TRY_CAST takes text only', tree.at);
  const target = typeOf(tree.type);
  // NUMBER of an unwritten scale cuts decimals; a text that is longer than an unwritten length does not exist.
  return { ...castTo(value, target, tree.try ? 'try' : 'cast'), at: tree.at };
}

function scalarSubquery({ query, at }: Of<'subquery'>, env: Environment): Typed {
  const { sql, columns } = env.query(query, env.scope);
  const [only] = columns;
  if (!only || columns.length > 1)
    throw typeError(`Subquery with ${columns.length} columns where one was expected`, at);
  return { sql: `(${sql})`, type: only.type, nullable: true, at };
}

function quantified({ operator, operand, quantifier, query, at }: Of<'quantified'>, env: Environment): Typed {
  const { sql, columns } = env.query(query, env.scope);
  const { type, nullable } = columns[0] ?? { type: text, nullable: true };
  const [left, right] = comparable(compileExpression(operand, env), { sql: 'q.c0', type, nullable, at });
  return {
    sql: `(${left.sql} ${operator} ${quantifier} (SELECT ${right.sql} FROM (${sql}) q))`,
    type: boolean,
    nullable: true,
    at,
  };
}
