import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf('O_CUSTKEY NUMBER(38,0), C_CUSTKEY NUMBER(38,0), N VARCHAR(3)');

conformance('shape.join', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ how: 'left', on: [{ left: name, right: name }], suffix: name }),
});
