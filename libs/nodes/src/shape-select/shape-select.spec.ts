import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf(
  'L_ORDERKEY NUMBER(38,0), L_SHIPDATE DATE, L_EXTENDEDPRICE NUMBER(12,2), L_DISCOUNT NUMBER(12,2)',
);

conformance('shape.select', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ columns: [{ column: name }, { expression: '1', as: `${name}2` }] }),
});
