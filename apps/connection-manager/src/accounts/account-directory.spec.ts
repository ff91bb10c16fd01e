import fc from 'fast-check';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { AccountDirectory } from './account-directory';
import { parseAccount } from './account-identifier';

const directory = new AccountDirectory({ demoOrigin: 'http://127.0.0.1:8090/', allowList: [] });

describe('account identifiers', () => {
  it.each([
    ['myorg-myaccount', 'myorg-myaccount', 'myorg-myaccount.snowflakecomputing.com'],
    ['  MyOrg-My_Account ', 'myorg-my-account', 'myorg-my-account.snowflakecomputing.com'],
    ['https://myorg-acc.snowflakecomputing.com/console#/x?y', 'myorg-acc', 'myorg-acc.snowflakecomputing.com'],
    ['https://app.snowflake.com/myorg/acc/#/homepage', 'myorg-acc', 'myorg-acc.snowflakecomputing.com'],
    ['ab12345.eu-central-1', 'ab12345.eu-central-1', 'ab12345.eu-central-1.snowflakecomputing.com'],
    ['ab12345.west-europe.azure', 'ab12345.west-europe.azure', 'ab12345.west-europe.azure.snowflakecomputing.com'],
    ['myorg-acc.privatelink', 'myorg-acc.privatelink', 'myorg-acc.privatelink.snowflakecomputing.com'],
    ['MYORG_ACC', 'myorg-acc', 'myorg-acc.snowflakecomputing.com'],
    [
      'ab12345.us-east-1.privatelink',
      'ab12345.us-east-1.privatelink',
      'ab12345.us-east-1.privatelink.snowflakecomputing.com',
    ],
    ['myorg-acc.cn', 'myorg-acc.cn', 'myorg-acc.snowflakecomputing.cn'],
    ['http://myorg-acc.snowflakecomputing.cn', 'myorg-acc.cn', 'myorg-acc.snowflakecomputing.cn'],
    ['myorg-acc.global', 'myorg-acc.global', 'myorg-acc.global.snowflakecomputing.com'],
    ['ab12345.cn-north-1', 'ab12345.cn-north-1', 'ab12345.cn-north-1.snowflakecomputing.cn'],
  ])('reads %s', (typed, id, host) => {
    expect(parseAccount(typed)).toEqual({ id, host });
  });

  it.each([
    ['myorg-acc:443', /Leave the port out/],
    ['https://app.snowflake.com/', /names no account/],
  ])('refuses %s with a hint', (typed, hint) => {
    expect(() => parseAccount(typed)).toThrow(hint);
  });

  it('refuses organization.account with the spelling that would do', () => {
    expect(() => parseAccount('myorg.myaccount')).toThrow(/myorg-myaccount/);
  });

  it.each(['', 'evil.com/', 'a b', 'x@evil.example', 'demo:80', '-a', 'a..b'])('refuses %j', (typed) => {
    expect(() => parseAccount(typed)).toThrow(AppError);
  });

  it('leads every spelling of an account to one identifier and its one host, also when read again', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{2,8}$/);
    const organizationAccount = fc.tuple(label, label, label).map(([org, one, two]) => `${org}-${one}_${two}`);
    const place = fc.constantFrom(
      '',
      '.eu-central-1',
      '.us-gov-west-1',
      '.west-europe.azure',
      '.us-central1.gcp',
      '.cn-north-1',
    );
    const locator = fc.tuple(fc.stringMatching(/^[a-z]{2}\d{5}$/), place).map((parts) => parts.join(''));
    const privately = fc.constantFrom('', '.privatelink');
    const account = fc.tuple(fc.oneof(organizationAccount, locator), privately).map((parts) => parts.join(''));
    const ending = fc.constantFrom('com', 'cn');
    fc.assert(
      fc.property(account, ending, (name, top) => {
        const inChina = top === 'cn' || name.includes('.cn-');
        const host = `${name.replaceAll('_', '-')}.snowflakecomputing.${inChina ? 'cn' : 'com'}`;
        const domain = `${name}.snowflakecomputing.${top}`;
        const spellings = [
          top === 'cn' ? `${name}.cn` : name,
          ` ${(top === 'cn' ? `${name}.cn` : name).toUpperCase()} `,
          domain,
          `https://${domain}`,
          `HTTPS://${domain.toUpperCase()}/console#/data?x=1`,
        ];
        const read = spellings.map(parseAccount);
        expect(read.map((one) => one.host)).toEqual(spellings.map(() => host));
        expect(new Set(read.map(({ id }) => id)).size).toBe(1);
        expect(read.map(({ id }) => parseAccount(id))).toEqual(read);
      }),
    );
  });

  it('never builds a host outside of Snowflake, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1.-_/:@?#%\\ é'), maxLength: 40 }), (typed) => {
        let origin: string;
        try {
          ({ origin } = directory.endpointOf(typed));
        } catch (error) {
          return error instanceof AppError;
        }
        return (
          /^[a-z0-9._-]+\.snowflakecomputing\.(com|cn)$/.test(new URL(origin).hostname) && origin.startsWith('https://')
        );
      }),
    );
  });

  it('finds the demo accounts at one exact origin, where there is a demo', () => {
    for (const typed of [
      'demo2',
      'DEMO2',
      ' snowflow-demo2',
      'SNOWFLOW_DEMO2',
      'https://demo2.snowflakecomputing.com/',
    ]) {
      expect(directory.endpointOf(typed)).toEqual({ account: 'demo2', origin: 'http://127.0.0.1:8090' });
    }
    expect(directory.endpointOf('demo2')).toEqual({ account: 'demo2', origin: 'http://127.0.0.1:8090' });
    const without = new AccountDirectory({ demoOrigin: undefined, allowList: [] });
    expect(without.endpointOf('demo').origin).toBe('https://demo.snowflakecomputing.com');
  });

  it('finds, inside Snowflake, the account it runs in under every name, so that no token goes elsewhere', () => {
    const home = { account: 'ab12345', origin: 'https://ab12345.eu-central-1.snowflakecomputing.com' };
    const inside = new AccountDirectory({ demoOrigin: undefined, home, allowList: [] });
    expect(['myorg-acc', 'evil-account', 'x y'].map((typed) => inside.endpointOf(typed))).toEqual([home, home, home]);
  });

  it('lets only listed accounts in where there is a list, however they are spelled', () => {
    const listed = new AccountDirectory({ demoOrigin: undefined, allowList: ['MYORG-ACC'] });
    expect(listed.endpointOf('https://myorg-acc.snowflakecomputing.com').account).toBe('myorg-acc');
    expect(() => listed.endpointOf('myorg-other')).toThrow(expect.objectContaining({ code: 'ACCOUNT_NOT_ALLOWED' }));
  });
});
