import { quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';
import type { FoundNeed } from './template-needs';

const TPCH = 'SNOWFLAKE_SAMPLE_DATA.TPCH_SF1';

/** The statement that makes a sample object in the place that a starter looks for it; undefined for what no statement makes. */
export function statementForSample({ kind, parts }: FoundNeed): string | undefined {
  const quoted = parts.map(quoteIdentifier);
  const schema = `CREATE SCHEMA IF NOT EXISTS ${quoted.slice(0, 2).join('.')};`;
  if (kind === 'semantic-view') return `${schema}\n${semanticView(quoted.join('.'))};`;
  if (kind === 'search-service') return `${schema}\n${searchService(quoted.join('.'))};`;
  return undefined;
}

/** Revenue and orders of the sample data, by nation, region, segment and day. */
function semanticView(name: string): string {
  return `CREATE SEMANTIC VIEW ${name}
  TABLES (
    LINE_ITEMS AS ${TPCH}.LINEITEM PRIMARY KEY (L_ORDERKEY, L_LINENUMBER),
    ORDERS AS ${TPCH}.ORDERS PRIMARY KEY (O_ORDERKEY),
    CUSTOMERS AS ${TPCH}.CUSTOMER PRIMARY KEY (C_CUSTKEY),
    CUSTOMER_NATIONS AS ${TPCH}.NATION PRIMARY KEY (N_NATIONKEY)
  )
  RELATIONSHIPS (
    LINE_ITEMS (L_ORDERKEY) REFERENCES ORDERS,
    ORDERS (O_CUSTKEY) REFERENCES CUSTOMERS,
    CUSTOMERS (C_NATIONKEY) REFERENCES CUSTOMER_NATIONS
  )
  FACTS (LINE_ITEMS.NET_PRICE AS L_EXTENDEDPRICE * (1 - L_DISCOUNT))
  DIMENSIONS (
    CUSTOMER_NATIONS.CUSTOMER_NATION AS N_NAME WITH SYNONYMS ('nation', 'country'),
    CUSTOMERS.MARKET_SEGMENT AS C_MKTSEGMENT WITH SYNONYMS ('segment'),
    ORDERS.ORDER_DATE AS O_ORDERDATE
  )
  METRICS (
    LINE_ITEMS.REVENUE AS SUM(NET_PRICE) WITH SYNONYMS ('sales', 'turnover'),
    ORDERS.ORDER_COUNT AS COUNT(O_ORDERKEY) WITH SYNONYMS ('number of orders')
  )`;
}

const HELP_TEXTS = [
  ['Where is my order', 'shipping', 'Track a parcel with the number in the mail of its dispatch.'],
  ['My delivery is late', 'shipping', 'A late delivery is paid back in part. Tell us the order number.'],
  ['Send goods back', 'returns', 'Goods can be returned within 30 days, with the label in the parcel.'],
  ['When is my refund paid', 'billing', 'A refund is paid within five days after the goods are here.'],
  ['Wrong amount on an invoice', 'billing', 'Write to billing with the number of the invoice.'],
  ['Reset a password', 'account', 'Choose “Forgotten” at sign-in. The link works for one hour.'],
];

/** A few texts of a help desk, kept in a table beside the service, for its index reads no constants. */
function searchService(name: string): string {
  const table = name.replace(/"$/, '_TEXTS"');
  const rows = HELP_TEXTS.map((row) => `(${row.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')})`);
  return `CREATE TABLE IF NOT EXISTS ${table} (TITLE VARCHAR, TOPIC VARCHAR, BODY VARCHAR);
INSERT INTO ${table} VALUES
  ${rows.join(',\n  ')};
CREATE CORTEX SEARCH SERVICE ${name}
  ON BODY
  ATTRIBUTES TOPIC
  WAREHOUSE = MY_WAREHOUSE
  TARGET_LAG = '1 day'
  AS SELECT TITLE, TOPIC, BODY FROM ${table}`;
}
