import { z } from 'zod';

/** What the store of secrets keeps for a credential. */
export interface CredentialSecret {
  secret: string;
  passphrase?: string;
}

const schema = z.object({ secret: z.string(), passphrase: z.string().optional() });

/** As one text for the store. */
export function writeSecret({ secret, passphrase }: CredentialSecret): string {
  return JSON.stringify({ secret, passphrase });
}

/** Of the store's text. What does not parse is not told: it may be a secret. */
export function readSecret(text: string): CredentialSecret | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
