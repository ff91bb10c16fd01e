import * as polyglot from '@polyglot-sql/sdk';
import { collectResult } from '../results/collect-result';
import { statementTypes } from '../results/result';
import type { Statement } from '../statements/statement';
import { syntaxError } from '../statements/warehouse-error';
import type { CompiledStatement } from './compiled-statement';
import { boolean, date, fixed, real, text, timestampNtz, type SnowflakeType } from './snowflake-type';

function typeOf(name: string): SnowflakeType {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)/.exec(name) ?? [];
  if (precision) return fixed(Number(precision), Number(scale));
  if (/INT/.test(name)) return fixed(38, 0);
  return { DOUBLE: real, BOOLEAN: boolean, DATE: date, TIMESTAMP: timestampNtz }[name] ?? text;
}

/** Stand-in until the compiler with Snowflake's own types is in place. */
export async function compileStatement(statement: Statement): Promise<CompiledStatement> {
  const { engine, files } = statement.session.account;
  const translated = polyglot.transpile(statement.request.sqlText, polyglot.Dialect.Snowflake, polyglot.Dialect.DuckDB);
  const sql = translated.sql?.[0]?.replace(
    /SNOWFLAKE_SAMPLE_DATA\.TPCH_SF1\./gi,
    'sample."SNOWFLAKE_SAMPLE_DATA.TPCH_SF1".',
  );
  if (!translated.success || !sql) throw syntaxError(String(translated.error));
  const connection = await engine.take();
  const prepared = await connection.prepare(sql);
  const columns = Array.from({ length: prepared.columnCount }, (_, index) => ({
    name: prepared.columnName(index).toUpperCase(),
    type: typeOf(String(prepared.columnType(index))),
    nullable: true,
  }));
  return {
    columns,
    statementTypeId: statementTypes.select,
    run: () =>
      statement.interruptible(
        () => connection.interrupt(),
        () =>
          collectResult(
            connection,
            { sql, columns, binds: [] },
            { queryId: statement.queryId, files, maxRows: statement.request.maxRows || Infinity },
          ),
      ),
  };
}
