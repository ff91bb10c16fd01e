import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const columns = columnsOf('C_CUSTKEY NUMBER(38,0), C_NAME VARCHAR(25), C_MKTSEGMENT VARCHAR(10)');

conformance('source.table', {
  folder: __dirname,
  known: { state: 'found', columns },
  hostileNames: (name) => ({ database: name, schema: name, table: name, columns: [name] }),
});
