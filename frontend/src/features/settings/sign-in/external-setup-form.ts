import { z } from 'zod';

const TOO_LONG = 'This is too long.';

/** What only the provider's administrator knows of its tokens. */
export const externalSetupFields = z.object({
  issuer: z.string().trim().min(1, 'Give the issuer of your identity provider.').max(500, TOO_LONG),
  audience: z.string().trim().max(500, TOO_LONG),
  userClaim: z.string().trim().max(100, TOO_LONG),
  userAttribute: z.enum(['LOGIN_NAME', 'EMAIL_ADDRESS']),
});
export type ExternalSetupValues = z.infer<typeof externalSetupFields>;

/** What is asked: nothing that is empty. */
export function externalQuery({ issuer, audience, userClaim, userAttribute }: ExternalSetupValues) {
  return { issuer, ...(audience ? { audience } : {}), ...(userClaim ? { userClaim } : {}), userAttribute };
}
