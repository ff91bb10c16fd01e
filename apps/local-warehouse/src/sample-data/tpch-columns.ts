/** Column names and types of SNOWFLAKE_SAMPLE_DATA.TPCH_SF1 as Snowflake declares them; `?` marks a nullable column. */
const declarations = {
  REGION: 'R_REGIONKEY NUMBER(38,0), R_NAME VARCHAR(25), R_COMMENT? VARCHAR(152)',
  NATION: 'N_NATIONKEY NUMBER(38,0), N_NAME VARCHAR(25), N_REGIONKEY NUMBER(38,0), N_COMMENT? VARCHAR(152)',
  SUPPLIER:
    'S_SUPPKEY NUMBER(38,0), S_NAME VARCHAR(25), S_ADDRESS VARCHAR(40), S_NATIONKEY NUMBER(38,0), S_PHONE VARCHAR(15), S_ACCTBAL NUMBER(12,2), S_COMMENT? VARCHAR(101)',
  CUSTOMER:
    'C_CUSTKEY NUMBER(38,0), C_NAME VARCHAR(25), C_ADDRESS VARCHAR(40), C_NATIONKEY NUMBER(38,0), C_PHONE VARCHAR(15), C_ACCTBAL NUMBER(12,2), C_MKTSEGMENT? VARCHAR(10), C_COMMENT? VARCHAR(117)',
  PART: 'P_PARTKEY NUMBER(38,0), P_NAME VARCHAR(55), P_MFGR VARCHAR(25), P_BRAND VARCHAR(10), P_TYPE VARCHAR(25), P_SIZE NUMBER(38,0), P_CONTAINER VARCHAR(10), P_RETAILPRICE NUMBER(12,2), P_COMMENT? VARCHAR(23)',
  PARTSUPP:
    'PS_PARTKEY NUMBER(38,0), PS_SUPPKEY NUMBER(38,0), PS_AVAILQTY NUMBER(38,0), PS_SUPPLYCOST NUMBER(12,2), PS_COMMENT? VARCHAR(199)',
  ORDERS:
    'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_ORDERPRIORITY VARCHAR(15), O_CLERK VARCHAR(15), O_SHIPPRIORITY NUMBER(38,0), O_COMMENT VARCHAR(79)',
  LINEITEM:
    'L_ORDERKEY NUMBER(38,0), L_PARTKEY NUMBER(38,0), L_SUPPKEY NUMBER(38,0), L_LINENUMBER NUMBER(38,0), L_QUANTITY NUMBER(12,2), L_EXTENDEDPRICE NUMBER(12,2), L_DISCOUNT NUMBER(12,2), L_TAX NUMBER(12,2), L_RETURNFLAG VARCHAR(1), L_LINESTATUS VARCHAR(1), L_SHIPDATE DATE, L_COMMITDATE DATE, L_RECEIPTDATE DATE, L_SHIPINSTRUCT VARCHAR(25), L_SHIPMODE VARCHAR(10), L_COMMENT VARCHAR(44)',
} as const;

export type TpchTable = keyof typeof declarations;

export interface TpchColumn {
  name: string;
  /** As Snowflake spells it. */
  type: string;
  nullable: boolean;
}

/** The columns of each TPC-H table. */
export const tpchColumns = Object.fromEntries(
  Object.entries(declarations).map(([table, declaration]) => [
    table,
    declaration.split(', ').map((column): TpchColumn => {
      const [name = '', type = ''] = column.split(' ');
      return { name: name.replace('?', ''), type, nullable: name.endsWith('?') };
    }),
  ]),
) as Record<TpchTable, TpchColumn[]>;

export const isTpchTable = (name: string): name is TpchTable => name in declarations;
