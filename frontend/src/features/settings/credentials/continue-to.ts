import type { OauthProvider } from '../../../api/tenant';

/** What the button says that leaves for a provider. */
export function continueTo(provider: OauthProvider | null): string {
  return provider === 'external' ? 'Continue with your company' : 'Continue with Snowflake';
}
