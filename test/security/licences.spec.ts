import { isAllowed, licences } from './licences';

describe('Licences', () => {
  it('of all that ships are on the list, or named with a reason', () => {
    const { isGood, rows } = licences();
    expect(rows.filter(({ compared }) => compared === 'not on the list')).toEqual([]);
    expect(isGood).toBe(true);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0', false],
    ['AGPL-3.0-only', false],
    ['unknown', false],
  ])('of the words %s are allowed: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});
