const ORGANIZATION_ACCOUNT = /^([a-z0-9]+)-([a-z0-9-]+)$/i;
const LOCATOR_REGION = /^([a-z0-9]+)\.([a-z]+-[a-z0-9-]*[a-z0-9](?:\.(?:aws|azure|gcp))?)$/i;

/**
 * The page of Snowsight that shows a query of an account. Undefined for accounts whose pages are elsewhere: the local warehouse, accounts
 * behind a private link, accounts in China.
 */
export function snowsightQueryUrl(account: string, queryId: string): string | undefined {
  const query = `#/compute/history/queries/${encodeURIComponent(queryId)}/detail`;
  const [, organization, name] = ORGANIZATION_ACCOUNT.exec(account) ?? [];
  if (organization && name) return `https://app.snowflake.com/${organization}/${name}/${query}`;
  const [, locator, region] = LOCATOR_REGION.exec(account) ?? [];
  if (locator && region && !region.startsWith('cn-')) {
    return `https://app.snowflake.com/${region}/${locator}/${query}`;
  }
  return undefined;
}
