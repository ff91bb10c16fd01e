import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const columns = columnsOf('ORDER_YEAR NUMBER(4,0), ORDERS NUMBER(18,0)');

conformance('source.sql', {
  folder: __dirname,
  known: { state: 'found', columns },
});
