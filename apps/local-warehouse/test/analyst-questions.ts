const from = (tables: string) =>
  `FROM ${tables.replace(/\b(lineitem|orders|customer|nation|region|part|supplier)\b/g, 'snowflake_sample_data.tpch_sf1.$1')}`;
const revenue = 'SUM(l_extendedprice * (1 - l_discount))';
const lines = 'lineitem';
const lineOrders = 'lineitem JOIN orders ON l_orderkey = o_orderkey';
const lineCustomers = `${lineOrders} JOIN customer ON o_custkey = c_custkey`;
const orderCustomers = 'orders JOIN customer ON o_custkey = c_custkey';
const nationOf = (column: string) => `JOIN nation ON ${column} = n_nationkey`;
const regionOf = 'JOIN region ON n_regionkey = r_regionkey';
const lineParts = 'lineitem JOIN part ON l_partkey = p_partkey';
const lineSuppliers = 'lineitem JOIN supplier ON l_suppkey = s_suppkey';

/** Questions of the sample model, each with SQL that was written by hand over the tables. */
export const answered: readonly (readonly [question: string, sql: string])[] = [
  ['What is the total revenue?', `SELECT ${revenue} ${from(lines)}`],
  ['How many orders are there?', `SELECT COUNT(*) ${from('orders')}`],
  ['How many customers do we have?', `SELECT COUNT(*) ${from('customer')}`],
  [
    'What is our revenue by nation?',
    `SELECT n_name, ${revenue} ${from(`${lineCustomers} ${nationOf('c_nationkey')}`)} GROUP BY 1`,
  ],
  [
    'Revenue by region',
    `SELECT r_name, ${revenue} ${from(`${lineCustomers} ${nationOf('c_nationkey')} ${regionOf}`)} GROUP BY 1`,
  ],
  ['revenue by year', `SELECT YEAR(o_orderdate), ${revenue} ${from(lineOrders)} GROUP BY 1`],
  ['sales per market segment', `SELECT c_mktsegment, ${revenue} ${from(lineCustomers)} GROUP BY 1`],
  [
    'What is the average order value by priority?',
    `SELECT o_orderpriority, AVG(o_totalprice) ${from('orders')} GROUP BY 1`,
  ],
  ['Number of orders by order status', `SELECT o_orderstatus, COUNT(*) ${from('orders')} GROUP BY 1`],
  ['How many orders were placed in 1995?', `SELECT COUNT(*) ${from('orders')} WHERE YEAR(o_orderdate) = 1995`],
  [
    'revenue in 1994 by quarter',
    `SELECT DATE_TRUNC('QUARTER', o_orderdate), ${revenue} ${from(lineOrders)} WHERE YEAR(o_orderdate) = 1994 GROUP BY 1`,
  ],
  [
    'Monthly revenue in 1996',
    `SELECT DATE_TRUNC('MONTH', o_orderdate), ${revenue} ${from(lineOrders)} WHERE YEAR(o_orderdate) = 1996 GROUP BY 1`,
  ],
  [
    'Top 5 customers by revenue',
    `SELECT c_name, ${revenue} ${from(lineCustomers)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5`,
  ],
  [
    'Which nation has the highest revenue?',
    `SELECT n_name, ${revenue} ${from(`${lineCustomers} ${nationOf('c_nationkey')}`)} GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
  ],
  [
    'Which 3 nations have the most customers?',
    `SELECT n_name, COUNT(*) ${from(`customer ${nationOf('c_nationkey')}`)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3`,
  ],
  [
    'Which market segment has the fewest orders?',
    `SELECT c_mktsegment, COUNT(*) ${from(orderCustomers)} GROUP BY 1 ORDER BY 2 LIMIT 1`,
  ],
  ['Revenue for the BUILDING segment', `SELECT ${revenue} ${from(lineCustomers)} WHERE c_mktsegment = 'BUILDING'`],
  [
    'How many orders from the automobile or machinery segment?',
    `SELECT COUNT(*) ${from(orderCustomers)} WHERE c_mktsegment IN ('AUTOMOBILE', 'MACHINERY')`,
  ],
  [
    'How many customers are in Germany?',
    `SELECT COUNT(*) ${from(`customer ${nationOf('c_nationkey')}`)} WHERE n_name = 'GERMANY'`,
  ],
  [
    'Revenue from customers in France by year',
    `SELECT YEAR(o_orderdate), ${revenue} ${from(`${lineCustomers} ${nationOf('c_nationkey')}`)} WHERE n_name = 'FRANCE' GROUP BY 1`,
  ],
  [
    'Revenue from suppliers in Japan',
    `SELECT ${revenue} ${from(`${lineSuppliers} ${nationOf('s_nationkey')}`)} WHERE n_name = 'JAPAN'`,
  ],
  [
    'How many suppliers are there per supplier nation?',
    `SELECT n_name, COUNT(*) ${from(`supplier ${nationOf('s_nationkey')}`)} GROUP BY 1`,
  ],
  ['quantity sold by ship mode', `SELECT l_shipmode, SUM(l_quantity) ${from(lines)} GROUP BY 1`],
  ['Units shipped by air', `SELECT SUM(l_quantity) ${from(lines)} WHERE l_shipmode = 'AIR'`],
  [
    'Revenue shipped in 1995 by ship mode',
    `SELECT l_shipmode, ${revenue} ${from(lines)} WHERE YEAR(l_shipdate) = 1995 GROUP BY 1`,
  ],
  ['average discount by brand', `SELECT p_brand, AVG(l_discount) ${from(lineParts)} GROUP BY 1`],
  ['Revenue of Brand#23', `SELECT ${revenue} ${from(lineParts)} WHERE p_brand = 'Brand#23'`],
  [
    'Top 10 suppliers by quantity',
    `SELECT s_name, SUM(l_quantity) ${from(lineSuppliers)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`,
  ],
  ['bottom 3 brands by revenue', `SELECT p_brand, ${revenue} ${from(lineParts)} GROUP BY 1 ORDER BY 2, 1 LIMIT 3`],
  [
    'Which manufacturer has the largest gross revenue?',
    `SELECT p_mfgr, SUM(l_extendedprice) ${from(lineParts)} GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
  ],
  ['Revenue and quantity by return flag', `SELECT l_returnflag, ${revenue}, SUM(l_quantity) ${from(lines)} GROUP BY 1`],
  [
    'revenue per order by market segment',
    `SELECT c_mktsegment, ${revenue} / COUNT(DISTINCT o_orderkey) ${from(lineCustomers)} GROUP BY 1`,
  ],
  [
    'Revenue and number of orders by region in 1997',
    `SELECT r_name, ${revenue}, COUNT(DISTINCT o_orderkey) ${from(`${lineCustomers} ${nationOf('c_nationkey')} ${regionOf}`)} WHERE YEAR(o_orderdate) = 1997 GROUP BY 1`,
  ],
  [
    'How many urgent orders were there in Q2 1996?',
    `SELECT COUNT(*) ${from('orders')} WHERE o_orderpriority = '1-URGENT' AND o_orderdate BETWEEN '1996-04-01' AND '1996-06-30'`,
  ],
  [
    'How many orders were placed between 1993 and 1995?',
    `SELECT COUNT(*) ${from('orders')} WHERE YEAR(o_orderdate) BETWEEN 1993 AND 1995`,
  ],
  ['orders by year', `SELECT YEAR(o_orderdate), COUNT(*) ${from('orders')} GROUP BY 1`],
  [
    'Orders before 1994 by priority',
    `SELECT o_orderpriority, COUNT(*) ${from('orders')} WHERE o_orderdate < '1994-01-01' GROUP BY 1`,
  ],
  [
    'Order value since 1997 by clerk',
    `SELECT o_clerk, SUM(o_totalprice) ${from('orders')} WHERE o_orderdate >= '1997-01-01' GROUP BY 1`,
  ],
  [
    'What is the largest order value in March 1995?',
    `SELECT MAX(o_totalprice) ${from('orders')} WHERE o_orderdate BETWEEN '1995-03-01' AND '1995-03-31'`,
  ],
  [
    'late revenue by ship mode',
    `SELECT l_shipmode, ${revenue} ${from(lines)} WHERE l_receiptdate > l_commitdate GROUP BY 1`,
  ],
  [
    'Returned quantity by market segment',
    `SELECT c_mktsegment, SUM(l_quantity) ${from(lineCustomers)} WHERE l_returnflag = 'R' GROUP BY 1`,
  ],
  [
    'nations with revenue above 70,000,000',
    `SELECT n_name, ${revenue} AS r ${from(`${lineCustomers} ${nationOf('c_nationkey')}`)} GROUP BY 1 HAVING r > 70000000`,
  ],
  [
    'Which customers have more than 20 orders?',
    `SELECT c_name, COUNT(*) AS n ${from(orderCustomers)} GROUP BY 1 HAVING n > 20`,
  ],
  [
    'Which customers have an account balance over 9,900?',
    `SELECT DISTINCT c_name ${from('customer')} WHERE c_acctbal > 9900`,
  ],
  ['How many customers have a balance below 0?', `SELECT COUNT(*) ${from('customer')} WHERE c_acctbal < 0`],
  [
    'average customer balance per region',
    `SELECT r_name, AVG(c_acctbal) ${from(`customer ${nationOf('c_nationkey')} ${regionOf}`)} GROUP BY 1`,
  ],
  ['How many products per manufacturer?', `SELECT p_mfgr, COUNT(*) ${from('part')} GROUP BY 1`],
  [
    'average price of parts with size at least 40 by brand',
    `SELECT p_brand, AVG(p_retailprice) ${from('part')} WHERE p_size >= 40 GROUP BY 1`,
  ],
  ['List all market segments', `SELECT DISTINCT c_mktsegment ${from('customer')}`],
  [
    'number of line items with discount over 0.05 in 1995',
    `SELECT COUNT(*) ${from(lineOrders)} WHERE l_discount > 0.05 AND YEAR(o_orderdate) = 1995`,
  ],
  [
    'Revenue by supplier region and customer region',
    `SELECT sr.r_name, cr.r_name, ${revenue} ${from('lineitem JOIN orders ON l_orderkey = o_orderkey JOIN customer ON o_custkey = c_custkey')} JOIN snowflake_sample_data.tpch_sf1.nation cn ON c_nationkey = cn.n_nationkey JOIN snowflake_sample_data.tpch_sf1.region cr ON cn.n_regionkey = cr.r_regionkey JOIN snowflake_sample_data.tpch_sf1.supplier ON l_suppkey = s_suppkey JOIN snowflake_sample_data.tpch_sf1.nation sn ON s_nationkey = sn.n_nationkey JOIN snowflake_sample_data.tpch_sf1.region sr ON sn.n_regionkey = sr.r_regionkey GROUP BY 1, 2`,
  ],
  [
    'Which customers owe us the most?',
    `SELECT c_name, c_acctbal ${from('customer')} WHERE c_acctbal < 0 ORDER BY 2, 1 LIMIT 10`,
  ],
  [
    'Revenue by ship mode for the region Asia in 1994 and 1996',
    `SELECT l_shipmode, ${revenue} ${from(`${lineCustomers} ${nationOf('c_nationkey')} ${regionOf}`)} WHERE r_name = 'ASIA' AND YEAR(o_orderdate) IN (1994, 1996) GROUP BY 1`,
  ],
  ['customers by segment', `SELECT c_mktsegment, COUNT(*) ${from('customer')} GROUP BY 1`],
  [
    'the 3 biggest nations in Europe by revenue',
    `SELECT n_name, ${revenue} ${from(`${lineCustomers} ${nationOf('c_nationkey')} ${regionOf}`)} WHERE r_name = 'EUROPE' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
  ],
];

/** Questions that must be refused, and the words or the reason that the refusal names. */
export const refused: readonly (readonly [question: string, names: RegExp])[] = [
  ['What is our profit margin by nation?', /“profit”, “margin”/],
  ['Revenue without returned items', /“without”/],
  ['Why did revenue fall in 1997?', /“why”, “fall”/],
  ['Revenue in Germany', /“germany” may be of customer nation or supplier nation/],
  ['How many customers ordered in 1995?', /“1995” can't be asked of customer count/],
  ['How many orders contain Brand#12?', /“contain”/],
  ['Number of orders by brand', /“brand” can't be asked of order count/],
  ['Forecast revenue for next year', /“forecast”, “next”/],
  ['Share of revenue by region', /“share”/],
  ['What is the average revenue by segment?', /“average”/],
  ['revenue per capita', /“capita”/],
  ['Top 5 by revenue', /what to rank/],
  ['median order value', /“median”/],
  ['hello', /“hello”/],
];
