import { snowsightQueryUrl } from './snowsight';

const QUERY = '#/compute/history/queries/01b2-00c3/detail';

describe('The link to a query in Snowsight', () => {
  it('leads to the account by organization and name, or by region and locator', () => {
    expect(['acme-eu01', 'acme-data-eu', 'xy12345.eu-central-1', 'xy12345.west-europe.azure'].map(urlOf)).toEqual([
      `https://app.snowflake.com/acme/eu01/${QUERY}`,
      `https://app.snowflake.com/acme/data-eu/${QUERY}`,
      `https://app.snowflake.com/eu-central-1/xy12345/${QUERY}`,
      `https://app.snowflake.com/west-europe.azure/xy12345/${QUERY}`,
    ]);
  });

  it('is not made for the local warehouse, private links and China', () => {
    for (const account of ['demo', 'xy12345', 'acme-eu01.privatelink', 'xy12345.cn-north-1.aws', 'a/b-c']) {
      expect(urlOf(account)).toBeUndefined();
    }
  });

  it('keeps a query id from becoming a path', () => {
    expect(snowsightQueryUrl('acme-eu01', 'a/../b')).toContain('/queries/a%2F..%2Fb/detail');
  });
});

function urlOf(account: string) {
  return snowsightQueryUrl(account, '01b2-00c3');
}
