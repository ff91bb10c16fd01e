/** The model of DEMO.PUBLIC.SALES_MODEL: what people ask of the sample's orders. */
export const salesModelYaml = `name: SALES_MODEL
description: Orders, what they contain, who placed and who supplied them (TPC-H sample)
tables:
  - name: LINE_ITEMS
    synonyms: [line item, line, item]
    description: One part of an order
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: LINEITEM }
    primary_key: { columns: [L_ORDERKEY, L_LINENUMBER] }
    dimensions:
      - { name: SHIP_MODE, synonyms: [shipping mode, mode of shipping, shipped by], expr: L_SHIPMODE, data_type: VARCHAR(10), is_enum: true, sample_values: [REG AIR, AIR, RAIL, SHIP, TRUCK, MAIL, FOB] }
      - { name: RETURN_FLAG, expr: L_RETURNFLAG, data_type: VARCHAR(1), is_enum: true, sample_values: [R, A, N] }
      - { name: LINE_STATUS, expr: L_LINESTATUS, data_type: VARCHAR(1), is_enum: true, sample_values: [O, F] }
    time_dimensions:
      - { name: SHIP_DATE, synonyms: [shipped, shipping date, date of shipping], expr: L_SHIPDATE, data_type: DATE }
      - { name: RECEIPT_DATE, synonyms: [received, delivered, delivery date], expr: L_RECEIPTDATE, data_type: DATE }
      - { name: COMMIT_DATE, synonyms: [promised date], expr: L_COMMITDATE, data_type: DATE }
    facts:
      - { name: NET_PRICE, description: Price after discount, expr: L_EXTENDEDPRICE * (1 - L_DISCOUNT), data_type: "NUMBER(25,4)" }
      - { name: DISCOUNT, expr: L_DISCOUNT, data_type: "NUMBER(12,2)" }
      - { name: LINE_QUANTITY, expr: L_QUANTITY, data_type: "NUMBER(12,2)" }
    metrics:
      - { name: REVENUE, synonyms: [sales, turnover, net revenue, net sales], description: Sum of prices after discount, expr: SUM(NET_PRICE) }
      - { name: GROSS_REVENUE, synonyms: [gross sales, revenue before discount], expr: SUM(L_EXTENDEDPRICE) }
      - { name: QUANTITY_SOLD, synonyms: [quantity, units sold, units, items sold, volume], expr: SUM(L_QUANTITY) }
      - { name: AVERAGE_DISCOUNT, synonyms: [mean discount], expr: AVG(L_DISCOUNT) }
      - { name: LINE_COUNT, synonyms: [number of lines, number of line items], expr: COUNT(L_LINENUMBER) }
    filters:
      - { name: LATE, synonyms: [delivered late, received late], description: Received after the promised date, expr: RECEIPT_DATE > COMMIT_DATE }
      - { name: RETURNED, synonyms: [sent back], expr: RETURN_FLAG = 'R' }
  - name: ORDERS
    synonyms: [order]
    description: What a customer ordered on a day
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: ORDERS }
    primary_key: { columns: [O_ORDERKEY] }
    dimensions:
      - { name: ORDER_PRIORITY, synonyms: [priority], expr: O_ORDERPRIORITY, data_type: VARCHAR(15), is_enum: true, sample_values: [1-URGENT, 2-HIGH, 3-MEDIUM, 4-NOT SPECIFIED, 5-LOW] }
      - { name: ORDER_STATUS, synonyms: [status], expr: O_ORDERSTATUS, data_type: VARCHAR(1), is_enum: true, sample_values: [F, O, P] }
      - { name: CLERK, synonyms: [sales clerk], expr: O_CLERK, data_type: VARCHAR(15) }
    time_dimensions:
      - { name: ORDER_DATE, synonyms: [ordered, date of order, date], expr: O_ORDERDATE, data_type: DATE }
    facts:
      - { name: TOTAL_PRICE, expr: O_TOTALPRICE, data_type: "NUMBER(12,2)" }
    metrics:
      - { name: ORDER_COUNT, synonyms: [number of orders], expr: COUNT(O_ORDERKEY) }
      - { name: ORDER_VALUE, synonyms: [total order value, value of orders], description: Sum of what was ordered with tax, expr: SUM(O_TOTALPRICE) }
      - { name: AVERAGE_ORDER_VALUE, synonyms: [mean order value, average order size], expr: AVG(O_TOTALPRICE) }
      - { name: LARGEST_ORDER_VALUE, synonyms: [biggest order value, maximum order value, largest order], expr: MAX(O_TOTALPRICE) }
  - name: CUSTOMERS
    synonyms: [customer]
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: CUSTOMER }
    primary_key: { columns: [C_CUSTKEY] }
    dimensions:
      - { name: CUSTOMER_NAME, synonyms: [customer, client, name of customer], expr: C_NAME, data_type: VARCHAR(25), unique: true }
      - { name: MARKET_SEGMENT, synonyms: [segment, customer segment, industry], expr: C_MKTSEGMENT, data_type: VARCHAR(10), is_enum: true, sample_values: [AUTOMOBILE, BUILDING, FURNITURE, HOUSEHOLD, MACHINERY] }
    facts:
      - { name: CUSTOMER_BALANCE, synonyms: [account balance, balance], expr: C_ACCTBAL, data_type: "NUMBER(12,2)" }
    metrics:
      - { name: CUSTOMER_COUNT, synonyms: [number of customers, number of clients], expr: COUNT(C_CUSTKEY) }
      - { name: AVERAGE_CUSTOMER_BALANCE, synonyms: [average balance, average account balance], expr: AVG(C_ACCTBAL) }
      - { name: TOTAL_CUSTOMER_BALANCE, synonyms: [total balance, total account balance], expr: SUM(C_ACCTBAL) }
  - name: CUSTOMER_NATIONS
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: NATION }
    primary_key: { columns: [N_NATIONKEY] }
    dimensions:
      - { name: CUSTOMER_NATION, synonyms: [nation, country, customer country, nation of customer, customers in, customers from], expr: N_NAME, data_type: VARCHAR(25), sample_values: &nations [ALGERIA, ARGENTINA, BRAZIL, CANADA, EGYPT, ETHIOPIA, FRANCE, GERMANY, INDIA, INDONESIA, IRAN, IRAQ, JAPAN, JORDAN, KENYA, MOROCCO, MOZAMBIQUE, PERU, CHINA, ROMANIA, SAUDI ARABIA, VIETNAM, RUSSIA, UNITED KINGDOM, UNITED STATES] }
  - name: CUSTOMER_REGIONS
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: REGION }
    primary_key: { columns: [R_REGIONKEY] }
    dimensions:
      - { name: CUSTOMER_REGION, synonyms: [region, continent, region of customer], expr: R_NAME, data_type: VARCHAR(25), is_enum: true, sample_values: &regions [AFRICA, AMERICA, ASIA, EUROPE, MIDDLE EAST] }
  - name: PARTS
    synonyms: [part, product]
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: PART }
    primary_key: { columns: [P_PARTKEY] }
    dimensions:
      - { name: PART_KEY, synonyms: [part number, part, product], expr: P_PARTKEY, data_type: "NUMBER(38,0)", unique: true }
      - { name: BRAND, expr: P_BRAND, data_type: VARCHAR(10), sample_values: [Brand#11, Brand#12, Brand#13, Brand#14, Brand#15, Brand#21, Brand#22, Brand#23, Brand#24, Brand#25, Brand#31, Brand#32, Brand#33, Brand#34, Brand#35, Brand#41, Brand#42, Brand#43, Brand#44, Brand#45, Brand#51, Brand#52, Brand#53, Brand#54, Brand#55] }
      - { name: MANUFACTURER, synonyms: [maker], expr: P_MFGR, data_type: VARCHAR(25), is_enum: true, sample_values: [Manufacturer#1, Manufacturer#2, Manufacturer#3, Manufacturer#4, Manufacturer#5] }
      - { name: CONTAINER, expr: P_CONTAINER, data_type: VARCHAR(10), sample_values: [SM CASE, LG BOX, MED BAG, JUMBO JAR, WRAP PKG] }
      - { name: PART_SIZE, synonyms: [size], expr: P_SIZE, data_type: "NUMBER(38,0)" }
    metrics:
      - { name: PART_COUNT, synonyms: [number of parts, number of products], expr: COUNT(P_PARTKEY) }
      - { name: AVERAGE_RETAIL_PRICE, synonyms: [average price, average list price], expr: AVG(P_RETAILPRICE) }
  - name: SUPPLIERS
    synonyms: [supplier, vendor]
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: SUPPLIER }
    primary_key: { columns: [S_SUPPKEY] }
    dimensions:
      - { name: SUPPLIER_NAME, synonyms: [supplier, vendor], expr: S_NAME, data_type: VARCHAR(25), unique: true }
    metrics:
      - { name: SUPPLIER_COUNT, synonyms: [number of suppliers, number of vendors], expr: COUNT(S_SUPPKEY) }
      - { name: AVERAGE_SUPPLIER_BALANCE, expr: AVG(S_ACCTBAL) }
  - name: SUPPLIER_NATIONS
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: NATION }
    primary_key: { columns: [N_NATIONKEY] }
    dimensions:
      - { name: SUPPLIER_NATION, synonyms: [supplier country, nation of supplier, suppliers in, suppliers from], expr: N_NAME, data_type: VARCHAR(25), sample_values: *nations }
  - name: SUPPLIER_REGIONS
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: REGION }
    primary_key: { columns: [R_REGIONKEY] }
    dimensions:
      - { name: SUPPLIER_REGION, synonyms: [region of supplier], expr: R_NAME, data_type: VARCHAR(25), is_enum: true, sample_values: *regions }
relationships:
  - { name: LINE_ITEMS_TO_ORDERS, left_table: LINE_ITEMS, right_table: ORDERS, relationship_columns: [{ left_column: L_ORDERKEY, right_column: O_ORDERKEY }] }
  - { name: LINE_ITEMS_TO_PARTS, left_table: LINE_ITEMS, right_table: PARTS, relationship_columns: [{ left_column: L_PARTKEY, right_column: P_PARTKEY }] }
  - { name: LINE_ITEMS_TO_SUPPLIERS, left_table: LINE_ITEMS, right_table: SUPPLIERS, relationship_columns: [{ left_column: L_SUPPKEY, right_column: S_SUPPKEY }] }
  - { name: ORDERS_TO_CUSTOMERS, left_table: ORDERS, right_table: CUSTOMERS, relationship_columns: [{ left_column: O_CUSTKEY, right_column: C_CUSTKEY }] }
  - { name: CUSTOMERS_TO_NATIONS, left_table: CUSTOMERS, right_table: CUSTOMER_NATIONS, relationship_columns: [{ left_column: C_NATIONKEY, right_column: N_NATIONKEY }] }
  - { name: CUSTOMER_NATIONS_TO_REGIONS, left_table: CUSTOMER_NATIONS, right_table: CUSTOMER_REGIONS, relationship_columns: [{ left_column: N_REGIONKEY, right_column: R_REGIONKEY }] }
  - { name: SUPPLIERS_TO_NATIONS, left_table: SUPPLIERS, right_table: SUPPLIER_NATIONS, relationship_columns: [{ left_column: S_NATIONKEY, right_column: N_NATIONKEY }] }
  - { name: SUPPLIER_NATIONS_TO_REGIONS, left_table: SUPPLIER_NATIONS, right_table: SUPPLIER_REGIONS, relationship_columns: [{ left_column: N_REGIONKEY, right_column: R_REGIONKEY }] }
metrics:
  - { name: REVENUE_PER_ORDER, synonyms: [average revenue per order], expr: LINE_ITEMS.REVENUE / ORDERS.ORDER_COUNT }
verified_queries:
  - name: who_owes_us
    question: Which customers owe us the most?
    sql: SELECT C_NAME, C_ACCTBAL FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.CUSTOMER WHERE C_ACCTBAL < 0 ORDER BY C_ACCTBAL, C_NAME LIMIT 10
    verified_by: SnowFlow
  - name: revenue_by_nation
    question: What is our revenue by nation?
    sql: SELECT * FROM SEMANTIC_VIEW(DEMO.PUBLIC.SALES_MODEL DIMENSIONS CUSTOMER_NATIONS.CUSTOMER_NATION METRICS LINE_ITEMS.REVENUE) ORDER BY REVENUE DESC
    verified_by: SnowFlow
custom_instructions: Revenue is after discount and before tax.
`;
