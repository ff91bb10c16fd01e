import { z } from 'zod';
import type { OauthProvider } from '../../../api/tenant';

const MOST = 500;
const MOST_SECRET = 2_000;

/** An OAuth client as an admin fills it in. An empty secret leaves the stored one as it is. */
export function clientFields(provider: OauthProvider) {
  const issuer = z.string().trim().max(MOST, 'This is too long.');
  return z.object({
    clientId: z.string().trim().min(1, 'Give the client id.').max(MOST, 'This is too long.'),
    clientSecret: z.string().trim().max(MOST_SECRET, 'This is too long.'),
    issuer: provider === 'external' ? issuer.min(1, 'Give the issuer of your identity provider.') : issuer,
  });
}
export type ClientValues = z.infer<ReturnType<typeof clientFields>>;

/** What is sent: nothing that is empty, and an issuer of an external provider only. */
export function clientBody(provider: OauthProvider, { clientId, clientSecret, issuer }: ClientValues) {
  return {
    provider,
    clientId,
    ...(clientSecret ? { clientSecret } : {}),
    ...(provider === 'external' ? { issuer } : {}),
  };
}
