import { fillInSql } from './placeholders';

const given = () => "it's \\ all";

describe('A secret that is given again', () => {
  it.each([
    ["SET PASSWORD = '<secret:a>'", "SET PASSWORD = 'it''s \\\\ all'"],
    ["SELECT 'it''s', '<secret:a>'", "SELECT 'it''s', 'it''s \\\\ all'"],
    ['SET PASSWORD = $$<secret:a>$$', "SET PASSWORD = $$it's \\ all$$"],
  ])('stays between the quotes of %s', (sql, filled) => {
    expect(fillInSql(sql, given)).toBe(filled);
  });

  it('leaves what is not given where it stands', () => {
    expect(fillInSql("'<secret:a>' <workflow:b>", () => undefined)).toBe("'<secret:a>' <workflow:b>");
  });
});
