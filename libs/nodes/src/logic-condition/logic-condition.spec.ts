import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf(
  'O_ORDERKEY NUMBER(38,0), O_CUSTKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_ORDERPRIORITY VARCHAR(15), O_CLERK VARCHAR(15)',
);

conformance('logic.condition', {
  folder: __dirname,
  input,
});
