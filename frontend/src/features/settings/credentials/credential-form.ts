import { z } from 'zod';

/** The kinds that a person can store, with what people call them. */
export const KINDS = { 'key-pair': 'Key pair', pat: 'Programmatic access token' } as const;

/** A private key or token, with the passphrase that only a key may have. */
export const secretFields = z.object({
  kind: z.enum(['key-pair', 'pat']),
  secret: z.string().trim().min(1, 'Paste the secret, or choose its file.').max(20_000, 'This is longer than any key.'),
  passphrase: z.string().max(1_024, 'A passphrase has 1,024 characters at most.'),
});
export const credentialFields = secretFields.extend({
  name: z.string().trim().min(1, 'Give the credential a name.').max(100, 'A name has 100 characters at most.'),
});

export type SecretValues = z.infer<typeof secretFields>;
export type CredentialValues = z.infer<typeof credentialFields>;

/** What is sent of a secret: a token has no passphrase, and an empty one is none. */
export function secretOf({ kind, secret, passphrase }: SecretValues): { secret: string; passphrase?: string } {
  return kind === 'key-pair' && passphrase !== '' ? { secret, passphrase } : { secret };
}
