import * as fc from 'fast-check';
import { fieldChanges } from './field-changes';

describe('The fields of an audit entry', () => {
  it('are told as they were and as they are', () => {
    expect(fieldChanges({ revision: 1, sessionIdleSeconds: null }, { revision: 2, sessionIdleSeconds: 600 })).toEqual([
      { field: 'revision', was: '1', is: '2' },
      { field: 'session idle seconds', was: 'none', is: '600' },
    ]);
    expect(fieldChanges(null, { kind: 'pat' })).toEqual([{ field: 'kind', was: undefined, is: 'pat' }]);
    expect(fieldChanges({ state: 'active' }, null)).toEqual([{ field: 'state', was: 'active', is: undefined }]);
    expect(fieldChanges(null, null)).toEqual([]);
  });

  it('of lists are told by what came and what went', () => {
    expect(fieldChanges({ hosts: ['a', 'b'] }, { hosts: ['b', 'c'] })).toEqual([{ field: 'hosts', was: 'a', is: 'c' }]);
    expect(fieldChanges({ hosts: [] }, { hosts: ['a'] })).toEqual([{ field: 'hosts', was: undefined, is: 'a' }]);
    expect(fieldChanges({ hosts: ['a', 'b'] }, { hosts: ['b', 'a'] })).toEqual([
      { field: 'hosts', was: 'a, b', is: 'b, a' },
    ]);
    expect(fieldChanges({ databases: null }, { databases: ['DEMO'] })).toEqual([
      { field: 'databases', was: 'none', is: 'DEMO' },
    ]);
  });

  it('are texts, whatever an entry says', () => {
    const said = fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: null });
    fc.assert(
      fc.property(said, said, (before, after) =>
        fieldChanges(before, after).every(({ was, is }) =>
          [was, is].every((one) => one === undefined || typeof one === 'string'),
        ),
      ),
    );
  });
});
