import fc from 'fast-check';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { contextHolds, fingerprint, useStatements } from './pinned-context';

const here: PinnedContext = { role: 'R', secondaryRoles: 'NONE', warehouse: 'W', database: 'D', schema: 'S' };
const name = fc.option(fc.string({ minLength: 1, maxLength: 6 }));
const anyContext: fc.Arbitrary<PinnedContext> = fc.record({
  role: name,
  secondaryRoles: fc.constantFrom('NONE' as const, 'ALL' as const),
  warehouse: name,
  database: name,
  schema: name,
});

describe('leading a session from one context to another', () => {
  it('says nothing where it stands there already', () => {
    expect(useStatements(here, here)).toEqual([]);
  });

  it('says only what differs', () => {
    expect(useStatements({ ...here, warehouse: 'W2' }, here)).toEqual(['USE WAREHOUSE "W2"']);
    expect(useStatements({ ...here, schema: 'S2' }, here)).toEqual(['USE SCHEMA "D"."S2"']);
    expect(useStatements({ ...here, database: 'D2', schema: null }, here)).toEqual(['USE DATABASE "D2"']);
  });

  it('says all of it where the present context is not known, the role first', () => {
    expect(useStatements(here, undefined)).toEqual([
      'USE ROLE "R"',
      'USE SECONDARY ROLES NONE',
      'USE WAREHOUSE "W"',
      'USE SCHEMA "D"."S"',
    ]);
  });

  it('quotes hostile names', () => {
    expect(useStatements({ ...here, role: 'a"; drop table x; --' }, here)).toEqual([
      'USE ROLE "a""; drop table x; --"',
    ]);
  });

  it('gives different contexts different fingerprints', () => {
    fc.assert(
      fc.property(anyContext, anyContext, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        return (fingerprint(a) === fingerprint(b)) === same;
      }),
    );
  });

  it('holds a reply against what is pinned', () => {
    const final = { role: 'R', warehouse: 'W', database: 'D', schema: 'S' };
    expect(contextHolds(here, final)).toBe(true);
    expect(contextHolds({ ...here, warehouse: null }, final)).toBe(true);
    expect(contextHolds(here, { ...final, role: 'OTHER' })).toBe(false);
  });
});
