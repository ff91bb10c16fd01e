import { text } from '../engine/quote';
import {
  colours,
  commentWords,
  containerWords,
  instructions,
  nations,
  priorities,
  regions,
  segments,
  shipModes,
  typeWords,
} from './tpch-words';

/** How many rows of each growing table: one hundredth of TPC-H's scale factor 1. */
const rows = { supplier: 100, customer: 1500, part: 2000, orders: 15_000 };

const list = (words: readonly string[]) => `[${words.map(text).join(', ')}]`;

/** SQL for a whole number below `below` that depends on `key` and `salt` only, so that every build has the same rows. */
const dice = (key: string, salt: number, below: number) => `(hash(${key}, ${salt}) % ${below})::BIGINT`;
const pick = (words: readonly string[], key: string, salt: number) =>
  `${list(words)}[${dice(key, salt, words.length)} + 1]`;
const pad = (value: string, width: number) => `lpad((${value})::VARCHAR, ${width}, '0')`;
const money = (cents: string) => `((${cents}) / 100)::DECIMAL(12,2)`;
const comment = (key: string, salt: number, words: number, width: number) =>
  `left(concat_ws(' ', ${Array.from({ length: words }, (_, i) => pick(commentWords, key, salt + i)).join(', ')}), ${width})`;
const address = (key: string, salt: number) =>
  `left(md5((${key})::VARCHAR || '${salt}'), 10 + ${dice(key, salt, 20)}::INT)`;
const phone = (nation: string, key: string, salt: number) =>
  `concat(10 + ${nation}, '-', 100 + ${dice(key, salt, 900)}, '-', 100 + ${dice(key, salt + 1, 900)}, '-', 1000 + ${dice(key, salt + 2, 9000)})`;
/** TPC-H's rule that gives each part four suppliers. */
const supplierOf = (part: string, nth: string) =>
  `((${part} + (${nth}) * (${rows.supplier / 4} + (${part} - 1) // ${rows.supplier})) % ${rows.supplier}) + 1`;
const retailPrice = (part: string) => money(`90000 + (${part} // 10) % 20001 + 100 * (${part} % 1000)`);

const values = (items: readonly string[]) => `(VALUES ${items.map((item) => `(${item})`).join(', ')})`;

const lastKnownDay = `DATE '1995-06-17'`;

/**
 * A SELECT for each table, in the order they can be built. ORDERS takes its price and state from LINEITEM, whose draft
 * (`order_draft`, `line_draft`) comes first.
 */
export const tpchSelects: readonly (readonly [table: string, select: string])[] = [
  [
    'REGION',
    `SELECT k AS R_REGIONKEY, n AS R_NAME, ${comment('k', 11, 6, 152)} AS R_COMMENT
     FROM ${values(regions.map((name, key) => `${key}, ${text(name)}`))} t(k, n)`,
  ],
  [
    'NATION',
    `SELECT k AS N_NATIONKEY, n AS N_NAME, r AS N_REGIONKEY, ${comment('k', 21, 7, 152)} AS N_COMMENT
     FROM ${values(nations.map(([name, region], key) => `${key}, ${text(name)}, ${region}`))} t(k, n, r)`,
  ],
  [
    'SUPPLIER',
    `SELECT k AS S_SUPPKEY, 'Supplier#' || ${pad('k', 9)} AS S_NAME, ${address('k', 31)} AS S_ADDRESS, n AS S_NATIONKEY,
       ${phone('n', 'k', 32)} AS S_PHONE, ${money(`${dice('k', 35, 1_099_998)} - 99999`)} AS S_ACCTBAL,
       CASE WHEN k % 40 = 7 THEN 'slyly Customer final Complaints sleep' WHEN k % 40 = 9 THEN 'the Customer regular Recommends foxes'
         ELSE ${comment('k', 36, 8, 101)} END AS S_COMMENT
     FROM (SELECT k, (k * 7 + 3) % 25 AS n FROM range(1, ${rows.supplier + 1}) t(k))`,
  ],
  [
    'CUSTOMER',
    `SELECT k AS C_CUSTKEY, 'Customer#' || ${pad('k', 9)} AS C_NAME, ${address('k', 41)} AS C_ADDRESS, n AS C_NATIONKEY,
       ${phone('n', 'k', 42)} AS C_PHONE, ${money(`${dice('k', 45, 1_099_998)} - 99999`)} AS C_ACCTBAL,
       ${pick(segments, 'k', 46)} AS C_MKTSEGMENT, ${comment('k', 47, 9, 117)} AS C_COMMENT
     FROM (SELECT k, ${dice('k', 40, 25)} AS n FROM range(1, ${rows.customer + 1}) t(k))`,
  ],
  [
    'PART',
    `SELECT k AS P_PARTKEY,
       concat_ws(' ', ${[301, 302, 303, 304, 305].map((salt) => pick(colours, 'k', salt)).join(', ')}) AS P_NAME,
       'Manufacturer#' || m AS P_MFGR, 'Brand#' || m || (1 + ${dice('k', 57, 5)}) AS P_BRAND,
       concat_ws(' ', ${typeWords.map((words, i) => pick(words, 'k', 58 + i)).join(', ')}) AS P_TYPE,
       1 + ${dice('k', 61, 50)} AS P_SIZE,
       concat_ws(' ', ${containerWords.map((words, i) => pick(words, 'k', 62 + i)).join(', ')}) AS P_CONTAINER,
       ${retailPrice('k')} AS P_RETAILPRICE, ${comment('k', 64, 3, 23)} AS P_COMMENT
     FROM (SELECT k, 1 + ${dice('k', 56, 5)} AS m FROM range(1, ${rows.part + 1}) t(k))`,
  ],
  [
    'PARTSUPP',
    `SELECT p AS PS_PARTKEY, ${supplierOf('p', 'i')} AS PS_SUPPKEY, 1 + ${dice('p * 4 + i', 71, 9999)} AS PS_AVAILQTY,
       ${money(`100 + ${dice('p * 4 + i', 72, 99_901)}`)} AS PS_SUPPLYCOST, ${comment('p * 4 + i', 73, 12, 199)} AS PS_COMMENT
     FROM range(1, ${rows.part + 1}) a(p), range(4) b(i)`,
  ],
  [
    'order_draft',
    `SELECT ((k - 1) // 8) * 32 + (k - 1) % 8 + 1 AS o, c + (c % 3 = 0)::INT AS customer,
       DATE '1992-01-01' + ${dice('k', 82, 2406)}::INT AS ordered, 1 + ${dice('k', 83, 7)} AS lines, k
     FROM (SELECT k, 1 + ${dice('k', 81, rows.customer - 1)} AS c FROM range(1, ${rows.orders + 1}) t(k))`,
  ],
  [
    'line_draft',
    `SELECT *, shipped + 1 + ${dice('s', 94, 30)}::INT AS received, quantity * ${retailPrice('part')} AS price FROM (
       SELECT o, n, s, ordered, 1 + ${dice('s', 91, rows.part)} AS part,
         CASE WHEN k % 700 = 0 THEN 44 + ${dice('s', 92, 7)} ELSE 1 + ${dice('s', 92, 50)} END AS quantity,
         ordered + 1 + ${dice('s', 93, 121)}::INT AS shipped, ${dice('s', 95, 11)} AS discount, ${dice('s', 96, 9)} AS tax
       FROM (SELECT d.*, n, o * 8 + n AS s FROM order_draft d, range(1, 8) t(n) WHERE n <= CASE WHEN k % 700 = 0 THEN 7 ELSE lines END))`,
  ],
  [
    'LINEITEM',
    `SELECT o AS L_ORDERKEY, part AS L_PARTKEY, ${supplierOf('part', dice('s', 97, 4))} AS L_SUPPKEY, n AS L_LINENUMBER,
       quantity AS L_QUANTITY, price AS L_EXTENDEDPRICE, ${money('discount')} AS L_DISCOUNT, ${money('tax')} AS L_TAX,
       CASE WHEN received <= ${lastKnownDay} THEN ${pick(['R', 'A'], 's', 98)} ELSE 'N' END AS L_RETURNFLAG,
       CASE WHEN shipped > ${lastKnownDay} THEN 'O' ELSE 'F' END AS L_LINESTATUS, shipped AS L_SHIPDATE,
       ordered + 30 + ${dice('s', 99, 61)}::INT AS L_COMMITDATE, received AS L_RECEIPTDATE,
       ${pick(instructions, 's', 100)} AS L_SHIPINSTRUCT, ${pick(shipModes, 's', 101)} AS L_SHIPMODE,
       ${comment('s', 102, 5, 44)} AS L_COMMENT
     FROM line_draft ORDER BY L_ORDERKEY, L_LINENUMBER`,
  ],
  [
    'ORDERS',
    `SELECT d.o AS O_ORDERKEY, customer AS O_CUSTKEY,
       CASE WHEN bool_and(l.shipped <= ${lastKnownDay}) THEN 'F' WHEN bool_and(l.shipped > ${lastKnownDay}) THEN 'O' ELSE 'P' END AS O_ORDERSTATUS,
       sum(round(price * (100 + tax) * (100 - discount) / 10000, 2)) AS O_TOTALPRICE, any_value(d.ordered) AS O_ORDERDATE,
       ${pick(priorities, 'd.o', 111)} AS O_ORDERPRIORITY, 'Clerk#' || ${pad(`1 + ${dice('d.o', 112, 10)}`, 9)} AS O_CLERK,
       0 AS O_SHIPPRIORITY,
       CASE WHEN d.o % 97 = 0 THEN 'the special pending requests wake' ELSE ${comment('d.o', 113, 7, 79)} END AS O_COMMENT
     FROM order_draft d JOIN line_draft l ON l.o = d.o GROUP BY d.o, customer ORDER BY O_ORDERKEY`,
  ],
];
