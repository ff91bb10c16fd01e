import { z } from 'zod';

const schema = z.object({ refreshToken: z.string(), clientId: z.string(), issuer: z.string().nullable() });

/** What the store of secrets keeps for an OAuth credential: the token with the client it was given to, which alone may see it. */
export type StoredGrant = z.infer<typeof schema>;

/** As one text for the store. */
export function writeGrant({ refreshToken, clientId, issuer }: StoredGrant): string {
  return JSON.stringify({ refreshToken, clientId, issuer });
}

/** Of the store's text. What does not parse is not told: it may be a secret. */
export function readGrant(text: string): StoredGrant | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
