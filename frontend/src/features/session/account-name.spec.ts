import { accountName } from './account-name';

describe('accountName', () => {
  it.each([
    ['acme-eu01', 'acme-eu01'],
    ['  acme-eu01 ', 'acme-eu01'],
    ['https://acme-eu01.snowflakecomputing.com', 'acme-eu01'],
    ['acme-eu01.snowflakecomputing.com/console/login?x=1', 'acme-eu01'],
    ['https://xy12345.eu-central-1.snowflakecomputing.com:443/', 'xy12345.eu-central-1'],
    ['https://app.snowflake.com/acme/eu01/#/homepage', 'acme-eu01'],
    ['https://app.snowflake.com/eu-central-1/xy12345/worksheets', 'xy12345.eu-central-1'],
    ['https://acme-eu01.snowflakecomputing.cn/', 'acme-eu01.cn'],
    ['', ''],
  ])('reads %j as %j', (pasted, account) => {
    expect(accountName(pasted)).toBe(account);
  });
});
