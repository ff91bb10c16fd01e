import { isAllowedUrl } from './allowed-url';

const ACCOUNT = 'https://myorg-acc.snowflakecomputing.com';
const DEMO = 'http://127.0.0.1:8090';

describe('where the driver may send requests', () => {
  it.each([
    [`${ACCOUNT}/queries/v1/query-request`, true],
    ['https://sfc-ds1-customer-stage.s3.us-west-2.amazonaws.com/results/x?sig=1', true],
    ['https://sfc-x.s3.amazonaws.com/y', true],
    ['https://bucket.vpce-1a2b.s3.eu-west-1.vpce.amazonaws.com/x', true],
    ['https://sfcresults.blob.core.windows.net/results/x', true],
    ['https://storage.googleapis.com/bucket/x', true],
    ['https://169.254.169.254/latest/meta-data', false],
    ['http://storage.googleapis.com/bucket/x', false],
    ['https://evil-s3.amazonaws.com.evil.example/x', false],
    ['https://xsnowflakecomputing.com/x', false],
    ['https://notblob.core.windows.net.evil.example/', false],
    ['https://storage.googleapis.com:8443/x', false],
    [`${ACCOUNT}@evil.example/x`, false],
    ['not a url', false],
  ])('for a result of a real account: %s is %s', (url, allowed) => {
    expect(isAllowedUrl(url, ACCOUNT, false)).toBe(allowed);
  });

  it("sends a session's token to its account only", () => {
    expect(isAllowedUrl(`${ACCOUNT}/session`, ACCOUNT, true)).toBe(true);
    expect(isAllowedUrl('https://other-acc.snowflakecomputing.com/session', ACCOUNT, true)).toBe(false);
    expect(isAllowedUrl('https://x.s3.amazonaws.com/y', ACCOUNT, true)).toBe(false);
  });

  it('lets the demo reach its own origin and nothing else', () => {
    expect(isAllowedUrl(`${DEMO}/chunks/1`, DEMO, false)).toBe(true);
    expect(isAllowedUrl('http://127.0.0.1:8091/chunks/1', DEMO, false)).toBe(false);
    expect(isAllowedUrl('https://x.s3.amazonaws.com/y', DEMO, false)).toBe(false);
  });
});
