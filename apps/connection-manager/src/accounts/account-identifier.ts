import { AppError } from '@snowflow/contracts/errors/app-error';

const HOST_PATTERN = /^(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,4}snowflakecomputing\.(?:com|cn)$/;
const PAGE_OF_SNOWSIGHT = /^app\.snowflake\.com\/([a-z0-9_-]+)\/([a-z0-9_-]+)(?:[/?#]|$)/;
const CLOUD_LABELS = new Set(['aws', 'azure', 'gcp', 'privatelink', 'global']);
const AWS_REGION = /^(?:fhplus-)?(?:us|eu|ap|ca|sa|af|me|il|mx|cn)-(?:gov-)?[a-z]+-\d$/;

/** An account identifier in its one spelling, with the host it answers on. */
export interface AccountIdentifier {
  id: string;
  host: string;
}

const refuse = (message: string) => new AppError('VALIDATION', message, { errors: [{ path: 'account', message }] });

/**
 * Reads what a person typed or pasted: `myorg-myaccount`, `locator.region.cloud`, or a URL of either. The host is built from the
 * validated identifier only; names with underscores answer on hosts with hyphens. Throws VALIDATION with a hint.
 */
export function parseAccount(typed: string): AccountIdentifier {
  const bare = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');
  const page = PAGE_OF_SNOWSIGHT.exec(bare);
  const [name = ''] = page ? [`${page[1]}-${page[2]}`] : bare.split(/[/?#]/);
  if (/^[^:]+:\d+$/.test(name)) throw refuse('Leave the port out: write only the account, like myorg-myaccount.');
  if (name.startsWith('app.snowflake.com')) {
    throw refuse('This address names no account. Open Snowflake and copy the address again, or write myorg-myaccount.');
  }
  const suffix = /\.snowflakecomputing\.(com|cn)$/.exec(name);
  const bareName = (suffix ? name.slice(0, suffix.index) : name.replace(/\.cn$/, '')).replaceAll('_', '-');
  const labels = bareName.split('.');
  const [, second = ''] = labels;
  if (labels.length === 2 && !CLOUD_LABELS.has(second) && !AWS_REGION.test(second)) {
    throw refuse(
      `Write the organization and the account with a hyphen: ${labels.join('-')}. The dot between them is for SQL only.`,
    );
  }
  const hasChineseRegion = labels.some((label) => label.startsWith('cn-'));
  const isChinese = hasChineseRegion || suffix?.[1] === 'cn' || (!suffix && name.endsWith('.cn'));
  const host = `${bareName}.snowflakecomputing.${isChinese ? 'cn' : 'com'}`;
  // What no region says the identifier has to: read again it must lead to the same host.
  const id = isChinese && !hasChineseRegion ? `${bareName}.cn` : bareName;
  if (!HOST_PATTERN.test(host)) {
    throw refuse(
      'This is not an account identifier. Write it like myorg-myaccount, or paste the address of your account.',
    );
  }
  return { id, host };
}
