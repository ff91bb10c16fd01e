import { relevantSources, wordsOf } from './relevant-names';

const source = (name: string, schema = 'PUBLIC') => ({ database: 'DEMO', schema, name });

describe('The sources that a request speaks of', () => {
  const all = [source('CUSTOMERS'), source('LATE_ORDERS'), source('ORDERS'), source('ORDERS', 'SALES'), source('T')];
  const of = (request: string, most = 10) =>
    relevantSources(all, wordsOf(request), most).map(({ schema, name }) => `${schema}.${name}`);

  it('come by how much of their names is said, in any case and number', () => {
    expect(of('the order of each customer')).toEqual([
      'PUBLIC.CUSTOMERS',
      'PUBLIC.ORDERS',
      'SALES.ORDERS',
      'PUBLIC.LATE_ORDERS',
    ]);
    expect(of('orders in sales')[0]).toBe('SALES.ORDERS');
  });

  it('are the first ones where none is named, and never more than may be', () => {
    expect(of('what is there', 2)).toEqual(['PUBLIC.CUSTOMERS', 'PUBLIC.LATE_ORDERS']);
  });
});
