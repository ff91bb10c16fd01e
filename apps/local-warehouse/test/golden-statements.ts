export interface GoldenStatement {
  sql: string;
  /** The whole answer; sorted where the statement has no order of its own. */
  rows?: (string | null)[][];
  ordered?: boolean;
}

/** Statements to run one after the other in one session, each with its answer as Snowflake gives it. */
export const goldenStatements: readonly GoldenStatement[] = [
  { sql: 'create table raw_events (id integer, v variant, ts timestamp, email varchar, tags varchar)' },
  {
    sql: 'insert into raw_events select 1, parse_json(\'{"user":{"name":"Ann","age":31,"roles":["admin","dev"]},"amount":12.5,"items":[{"sku":"A1","qty":2},{"sku":"B2","qty":1}]}\'), \'2024-03-05 10:11:12.345\'::timestamp, \'ann@example.com\', \'a,b,c\' union all select 2, parse_json(\'{"user":{"name":"Bob","age":null,"roles":[]},"amount":7,"items":[]}\'), \'2024-04-06 00:00:00\'::timestamp, \'bob@test.org\', \'x\' union all select 3, null, null, null, null',
  },
  { sql: 'create table sales (emp varchar, mon varchar, amt integer)' },
  { sql: "insert into sales values ('A','JAN',100),('A','FEB',200),('B','JAN',50),('B','MAR',70)" },
  { sql: 'create table tgt (id integer, name varchar, qty integer)' },
  { sql: "insert into tgt values (1,'one',1),(2,'two',2)" },
  { sql: 'create table src (id integer, name varchar, qty integer)' },
  { sql: "insert into src values (2,'TWO',22),(3,'three',3)" },
  { sql: 'create view lineitem as select * from snowflake_sample_data.tpch_sf1.lineitem' },
  {
    sql: "select iff(id>1,'b','a'), nvl(email,'-'), nvl2(email,1,0), zeroifnull(null), nullifzero(0), decode(id,1,'one',2,'two','other'), div0(1,0), equal_null(null,null) from raw_events order by id",
    rows: [
      ['a', 'ann@example.com', '1', '0', 'NULL', 'one', '0.000000', 'TRUE'],
      ['b', 'bob@test.org', '1', '0', 'NULL', 'two', '0.000000', 'TRUE'],
      ['b', '-', '0', '0', 'NULL', 'other', '0.000000', 'TRUE'],
    ],
    ordered: true,
  },
  {
    sql: "select dateadd(hour,2,'2024-01-31 10:00'::timestamp_ntz), datediff('month','2024-01-31'::date,'2024-03-01'::date), datediff(day, '2024-01-01','2024-03-01'), date_trunc('week','2024-03-07'::date), last_day('2024-02-03'::date), dayname('2024-03-07'::date), monthname('2024-03-07'::date), timestampdiff(second,'2024-01-01'::timestamp,'2024-01-02'::timestamp)",
    rows: [['2024-01-31 12:00:00.000', '2', '60', '2024-03-04', '2024-02-29', 'Thu', 'Mar', '86400']],
  },
  {
    sql: "select to_varchar('2024-03-07 13:04:05'::timestamp, 'YYYY-MM-DD HH24:MI:SS'), to_char('2024-03-07'::date,'DD-MON-YYYY'), to_varchar(12345)",
    rows: [['2024-03-07 13:04:05', '07-Mar-2024', '12345']],
  },
  { sql: "select to_char(12345.678,'999,999.00')", rows: [['  12,345.68']] },
  {
    sql: "select to_date('07/03/2024','DD/MM/YYYY'), to_timestamp('2024-03-07 13:04','YYYY-MM-DD HH24:MI'), try_to_date('bad'), try_to_number('12x'), to_number('12.50',10,2), try_cast('x' as int), to_timestamp_ntz(1700000000)",
    rows: [['2024-03-07', '2024-03-07 13:04:00.000', 'NULL', 'NULL', '12.50', 'NULL', '2023-11-14 22:13:20.000']],
  },
  { sql: "select listagg(distinct mon, ',') within group (order by mon) from sales", rows: [['FEB,JAN,MAR']] },
  {
    sql: "select emp, listagg(mon,'|') within group (order by amt desc) l from sales group by emp order by emp",
    rows: [
      ['A', 'FEB|JAN'],
      ['B', 'MAR|JAN'],
    ],
    ordered: true,
  },
  {
    sql: 'select emp, mon, amt from sales qualify row_number() over (partition by emp order by amt desc)=1 order by emp',
    rows: [
      ['A', 'FEB', '200'],
      ['B', 'MAR', '70'],
    ],
    ordered: true,
  },
  {
    sql: 'select e.id, f.value:sku::string as sku, f.index, f.value:qty::int as qty from raw_events e, lateral flatten(input => e.v:items) f order by 1,3',
    rows: [
      ['1', 'A1', '0', '2'],
      ['1', 'B2', '1', '1'],
    ],
    ordered: true,
  },
  {
    sql: 'select e.id, f.value::string role from raw_events e, table(flatten(input => e.v:user.roles, outer => true)) f order by 1,2',
    rows: [
      ['1', 'admin'],
      ['1', 'dev'],
      ['2', null],
      ['3', null],
    ],
    ordered: true,
  },
  {
    sql: 'select f.key, f.value from table(flatten(parse_json(\'{"a":1,"b":"x"}\'))) f',
    rows: [
      ['a', '1'],
      ['b', '"x"'],
    ],
  },
  {
    sql: "select id, s.value from raw_events, lateral split_to_table(tags, ',') s order by id, s.index",
    rows: [
      ['1', 'a'],
      ['1', 'b'],
      ['1', 'c'],
      ['2', 'x'],
    ],
    ordered: true,
  },
  {
    sql: "select v:user.name::string n, v:user.age::int a, v:items[0].sku::varchar s, v['user']['name']::string n2, v:amount::float*2 d from raw_events order by id",
    rows: [
      ['Ann', '31', 'A1', 'Ann', '25'],
      ['Bob', 'NULL', null, 'Bob', '14'],
      [null, 'NULL', null, null, 'NULL'],
    ],
    ordered: true,
  },
  { sql: "select id from raw_events where v:user.name = 'Ann'", rows: [['1']] },
  {
    sql: "select get_path(v,'user.name'), get(v:items,0), typeof(v:amount), is_null_value(v:user.age), array_size(v:items), object_keys(v:user) from raw_events where id=1",
    rows: [['"Ann"', '{"sku":"A1","qty":2}', 'DECIMAL', 'FALSE', '2', '["name","age","roles"]']],
  },
  {
    sql: "select parse_json('{\"a\":[1,2]}'):a[1]::int x, try_parse_json('{bad') y, to_json(parse_json('{\"a\":1}')) z",
    rows: [['2', null, '{"a":1}']],
  },
  {
    sql: "select object_construct('id', id, 'email', email) o from raw_events order by id",
    rows: [['{"id":1,"email":"ann@example.com"}'], ['{"id":2,"email":"bob@test.org"}'], ['{"id":3}']],
    ordered: true,
  },
  {
    sql: 'select object_construct(*) o from sales',
    rows: [
      ['{"EMP":"A","MON":"FEB","AMT":200}'],
      ['{"EMP":"A","MON":"JAN","AMT":100}'],
      ['{"EMP":"B","MON":"JAN","AMT":50}'],
      ['{"EMP":"B","MON":"MAR","AMT":70}'],
    ],
  },
  {
    sql: "select array_agg(mon) within group (order by mon), array_size(array_construct(1,2,3)), array_contains('a'::variant, array_construct('a','b')), array_to_string(array_construct('a','b'),'-') from sales where emp='A'",
    rows: [['["FEB","JAN"]', '3', 'TRUE', 'a-b']],
  },
  { sql: 'select array_agg(distinct emp) from sales', rows: [['["A","B"]']] },
  {
    sql: "select * from sales pivot(sum(amt) for mon in ('JAN','FEB','MAR')) as p order by emp",
    rows: [
      ['A', '100', '200', 'NULL'],
      ['B', '50', 'NULL', '70'],
    ],
    ordered: true,
  },
  {
    sql: "select * from sales pivot(sum(amt) for mon in ('JAN','FEB')) as p (emp, jan, feb) order by emp",
    rows: [
      ['A', '100', '200'],
      ['B', '50', 'NULL'],
    ],
    ordered: true,
  },
  {
    sql: "select * from (select 'A' as emp, 1 as jan, 2 as feb) unpivot(amt for mon in (jan, feb)) order by 2,3",
    rows: [
      ['A', 'FEB', '2'],
      ['A', 'JAN', '1'],
    ],
    ordered: true,
  },
  {
    sql: "select email ilike '%EXAMPLE%', rlike(email,'.*@example\\\\.com'), regexp_substr(email,'[a-z]+'), regexp_replace(email,'@.*',''), regexp_count(email,'n'), email regexp '.*org', email like any ('a%','b%') from raw_events where id=1",
    rows: [['TRUE', 'TRUE', 'ann', 'ann', '2', 'FALSE', 'TRUE']],
  },
  { sql: "select rlike('abc','b'), 'abc' rlike 'b'", rows: [['FALSE', 'FALSE']] },
  {
    sql: "select split_part(email,'@',2), split(tags,',')[0]::string, charindex('@',email), position('@' in email), lpad('7',3,'0'), initcap('ab cd'), insert('abcdef',2,2,'ZZ'), editdistance('abc','abd'), strtok('a.b.c','.',2) from raw_events where id=1",
    rows: [['example.com', 'a', '4', '4', '007', 'Ab Cd', 'aZZdef', '1', 'b']],
  },
  {
    sql: 'select emp, amt, ratio_to_report(amt) over (partition by emp), lag(amt) ignore nulls over (partition by emp order by mon), first_value(amt) over (partition by emp order by mon), conditional_true_event(amt>60) over (partition by emp order by mon) from sales',
    rows: [
      ['A', '100', '0.333333', '200', '200', '2'],
      ['A', '200', '0.666667', 'NULL', '200', '1'],
      ['B', '50', '0.416667', 'NULL', '50', '0'],
      ['B', '70', '0.583333', '50', '50', '1'],
    ],
  },
  {
    sql: 'select median(amt), percentile_cont(0.5) within group (order by amt), approx_count_distinct(emp), mode(emp), stddev(amt), any_value(emp), max_by(mon,amt), boolor_agg(amt>1), bitor_agg(amt) from sales',
    rows: [['85.000', '85.000', '2', 'A', '66.58328118479393', 'A', 'FEB', 'TRUE', '254']],
  },
  {
    sql: 'select emp, mon, grouping(emp) g, sum(amt) from sales group by rollup(emp, mon) order by all',
    rows: [
      ['A', 'FEB', '0', '200'],
      ['A', 'JAN', '0', '100'],
      ['A', null, '0', '300'],
      ['B', 'JAN', '0', '50'],
      ['B', 'MAR', '0', '70'],
      ['B', null, '0', '120'],
      [null, null, '1', '420'],
    ],
    ordered: true,
  },
  {
    sql: 'with recursive c (n) as (select 1 union all select n+1 from c where n<5) select sum(n) from c',
    rows: [['15']],
  },
  {
    sql: "select $1 as a, $2 b, column1 from values (1,'x'),(2,'y') order by 1",
    rows: [
      ['1', 'x', '1'],
      ['2', 'y', '2'],
    ],
    ordered: true,
  },
  { sql: 'select * exclude (amt) rename (mon as m) from sales limit 1', rows: [['A', 'JAN']] },
  {
    sql: 'select a.emp, b.amt from sales a asof join sales b match_condition (a.amt >= b.amt) on a.emp=b.emp',
    rows: [
      ['A', '100'],
      ['A', '200'],
      ['B', '50'],
      ['B', '70'],
    ],
  },
  { sql: 'select s."AMT", x."Mixed" from DEMO.PUBLIC.SALES s, (select 1 as "Mixed") x limit 1', rows: [['100', '1']] },
  { sql: 'select count(*) from (select * from lineitem sample (100 rows))', rows: [['100']] },
  {
    sql: "select dateadd(day, seq4(), '2024-01-01'::date) d from table(generator(rowcount=>5))",
    rows: [['2024-01-01'], ['2024-01-02'], ['2024-01-03'], ['2024-01-04'], ['2024-01-05']],
  },
  {
    sql: "create or replace table t_types (id number(38,0) not null autoincrement, n number(10,2) default 0, s varchar(16777216), st string, b boolean, d date, t time(9), ts timestamp_ntz(9) default current_timestamp(), tl timestamp_ltz, tz timestamp_tz, v variant, o object, a array, bin binary, f float, primary key (id)) comment='x'",
    rows: [['Table T_TYPES successfully created.']],
  },
  {
    sql: "insert into t_types (n, s, v, a) select 1.5, 'x', parse_json('{\"k\":1}'), array_construct(1,2)",
    rows: [['1']],
  },
  { sql: 'select n, s, v:k::int, a[0]::int from t_types', rows: [['1.50', 'x', '1', '1']] },
  {
    sql: "create or replace view v_sales (emp, total) comment='c' as select emp, sum(amt) from sales group by emp",
    rows: [['View V_SALES successfully created.']],
  },
  {
    sql: 'create or replace transient table t_ctas as select emp, amt::number(10,2) amt2 from sales',
    rows: [['Table T_CTAS successfully created.']],
  },
  { sql: 'create or replace table t_clone clone sales', rows: [['Table T_CLONE successfully created.']] },
  { sql: 'create or replace table t_like like sales', rows: [['Table T_LIKE successfully created.']] },
  { sql: 'create temporary table if not exists tmp1 (a int)', rows: [['Table TMP1 successfully created.']] },
  {
    sql: 'merge into tgt t using src s on t.id=s.id when matched and s.qty>10 then update set t.name=s.name, t.qty=s.qty when not matched then insert (id,name,qty) values (s.id,s.name,s.qty)',
    rows: [['1', '1']],
  },
  { sql: "select listagg(name,',') within group (order by id) from tgt", rows: [['one,TWO,three']] },
  { sql: 'update tgt set qty = s.qty+1 from src s where tgt.id=s.id', rows: [['2', '0']] },
  { sql: 'delete from tgt using src s where tgt.id=s.id and s.id=3', rows: [['1']] },
  { sql: "insert overwrite into t_like values ('Z','JAN',1),('Z','FEB',2)", rows: [['2']] },
  { sql: 'alter table t_like add column note varchar', rows: [['Statement executed successfully.']] },
  { sql: 'alter table t_like rename to t_like2', rows: [['Statement executed successfully.']] },
  { sql: 'use role sysadmin', rows: [['Statement executed successfully.']] },
  { sql: 'use database demo', rows: [['Statement executed successfully.']] },
  { sql: 'use schema demo.public', rows: [['Statement executed successfully.']] },
  {
    sql: "select snowflake.cortex.complete('mistral-large','hi '||emp) from sales limit 1",
    rows: [['[simulated by the local warehouse] hi A']],
  },
  { sql: 'select SNOWFLAKE.CORTEX.SENTIMENT(mon) from sales', rows: [['0'], ['0'], ['0'], ['0']] },
  { sql: "select ai_complete('m','p')", rows: [['[simulated by the local warehouse] p']] },
  { sql: 'set my_amt = 100', rows: [['Statement executed successfully.']] },
  { sql: 'select count(*) from sales where amt = $my_amt', rows: [['1']] },
  { sql: "select count(*) from identifier('demo.public.sales')", rows: [['4']] },
  { sql: 'drop table if exists t_clone', rows: [['T_CLONE successfully dropped.']] },
  { sql: 'create or replace sequence seq1 start = 10 increment = 1', rows: [['Sequence SEQ1 successfully created.']] },
  { sql: 'select seq1.nextval', rows: [['10']] },
  { sql: "alter session set timezone='UTC', query_tag='x'", rows: [['Statement executed successfully.']] },
  { sql: 'select 5/2, 7%3, 1/3', rows: [['2.500000', '1', '0.333333']] },
  { sql: 'select id from (select null as id union all select 1) order by id', rows: [['1'], ['NULL']], ordered: true },
  {
    sql: "select 'a' || 1, '12.345'::number(10,2), 3.7::int, to_boolean('yes'), '1'::boolean",
    rows: [['a1', '12.35', '4', 'TRUE', 'TRUE']],
  },
  {
    sql: 'select v:user.name::string as nm, count(*) c from raw_events where nm is not null group by nm order by nm',
    rows: [
      ['Ann', '1'],
      ['Bob', '1'],
    ],
    ordered: true,
  },
];
