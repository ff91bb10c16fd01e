/** A SELECT that keeps the local warehouse busy for about `seconds` on a small machine: a cross join, no sleeping function. */
export function slowSelect(seconds: number): string {
  const rows = Math.round(seconds * 150);
  return `SELECT SUM((A.L_ORDERKEY * B.O_ORDERKEY) % 97) AS TOTAL FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.LINEITEM A CROSS JOIN (SELECT O_ORDERKEY FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS WHERE O_ORDERKEY <= ${rows}) B`;
}
