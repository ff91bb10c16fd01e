const SNOWFLAKE_HOST = /(?:^|\.)snowflakecomputing\.(?:com|cn)$/;
/** Where Snowflake lays large results: S3, Azure Blob and Google Cloud Storage. */
const RESULT_HOSTS = [
  SNOWFLAKE_HOST,
  /(?:^|\.)s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/,
  /^[a-z0-9-]+\.blob\.core\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)$/,
  /(?:^|\.)storage\.googleapis\.com$/,
];

/**
 * Whether the driver may send a request. What carries a session's token goes to the account's own origin and nowhere else; result
 * chunks come from there or, for a real account, from its cloud storage over TLS.
 */
export function isAllowedUrl(url: string, accountOrigin: string, carriesToken: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  if (target.username !== '' || target.password !== '') return false;
  if (target.origin === accountOrigin) return true;
  const account = new URL(accountOrigin);
  if (carriesToken || account.protocol !== 'https:' || !SNOWFLAKE_HOST.test(account.hostname)) return false;
  return (
    target.protocol === 'https:' && target.port === '' && RESULT_HOSTS.some((pattern) => pattern.test(target.hostname))
  );
}
