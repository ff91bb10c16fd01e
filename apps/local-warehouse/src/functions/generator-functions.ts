import { fixed, real, text } from '../sql/snowflake-type';
import { scalar, type FunctionTable } from './function-definition';

/** SEQ4() and its like: the number of the row that TABLE(GENERATOR(…)) makes, or a row number where nothing makes rows. */
const sequence = scalar(0, 1, (call) => ({
  sql: `CAST(${call.env.scope.findSequence() ?? '(row_number() OVER () - 1)'} AS DECIMAL(38,0))`,
  type: fixed(38, 0),
  nullable: false,
}));

export const generatorFunctions: FunctionTable = {
  SEQ1: sequence,
  SEQ2: sequence,
  SEQ4: sequence,
  SEQ8: sequence,
  RANDOM: scalar(0, 1, (call) => ({
    sql: call.has(0)
      ? `CAST(sf_hash(${call.integer(0)}) AS DECIMAL(19,0))`
      : 'CAST(sf_hash(random()) AS DECIMAL(19,0))',
    type: fixed(19, 0),
    nullable: false,
  })),
  UNIFORM: scalar(3, 3, (call) => {
    const [low, high] = [call.number(0), call.number(1)];
    if (low.type.kind === 'real' || high.type.kind === 'real') {
      const share = `(abs(${call.number(2).sql}::DOUBLE) / 9223372036854775808.0)`;
      return { sql: `(${low.sql} + (${high.sql} - ${low.sql}) * ${share})`, type: real, nullable: false };
    }
    const sql = `CAST(sf_uniform(${call.integer(0)}, ${call.integer(1)}, ${call.number(2).sql}) AS DECIMAL(38,0))`;
    return { sql, type: fixed(38, 0), nullable: false };
  }),
  UUID_STRING: scalar(0, 0, () => ({ sql: 'CAST(uuid() AS VARCHAR)', type: text, nullable: false })),
  // DuckDB's hash, not Snowflake's: equal values have equal hashes, and that is all it is good for.
  HASH: scalar(1, 100, (call) => {
    const values = call.args().map(({ sql }) => `coalesce(CAST(${sql} AS VARCHAR), '')`);
    return {
      sql: `CAST(sf_hash(concat_ws(chr(31), ${values.join(', ')})) AS DECIMAL(19,0))`,
      type: fixed(19, 0),
      nullable: false,
    };
  }),
};
