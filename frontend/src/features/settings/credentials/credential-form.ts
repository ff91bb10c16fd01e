import { z } from 'zod';
import type { Credential, NewGrant } from '../../../api/credentials';
import { METHOD_NAMES } from '../names';

/** The kinds whose secret a person pastes, and those that are got at a provider. */
export const PASTED_KINDS = ['key-pair', 'pat'] as const;
export const GRANT_KINDS = ['oauth', 'external-oauth'] as const;

export type PastedKind = (typeof PASTED_KINDS)[number];
export type GrantKind = (typeof GRANT_KINDS)[number];

export const isGrant = (kind: PastedKind | GrantKind): kind is GrantKind => GRANT_KINDS.some((each) => each === kind);

/** What people call the kind of a credential. */
export function kindName({ kind, provider }: Pick<Credential, 'kind' | 'provider'>): string {
  return METHOD_NAMES[kind === 'oauth' && provider === 'external' ? 'external-oauth' : kind];
}

const NO_SECRET = 'Paste the secret, or choose its file.';
const secret = z.string().trim().max(20_000, 'This is longer than any key.');
const passphrase = z.string().max(1_024, 'A passphrase has 1,024 characters at most.');

/** A private key or token, with the passphrase that only a key may have. */
export const secretFields = z.object({ kind: z.enum(PASTED_KINDS), secret: secret.min(1, NO_SECRET), passphrase });

/** A grant has no secret to paste, only the role that it is to be for; empty where none is named. */
export const credentialFields = z
  .object({
    name: z.string().trim().min(1, 'Give the credential a name.').max(100, 'A name has 100 characters at most.'),
    kind: z.enum([...PASTED_KINDS, ...GRANT_KINDS]),
    secret,
    passphrase,
    role: z.string(),
  })
  .refine(({ kind, secret: pasted }) => isGrant(kind) || pasted !== '', { path: ['secret'], message: NO_SECRET });

export type SecretValues = z.infer<typeof secretFields>;
export type CredentialValues = z.infer<typeof credentialFields>;

/** What is sent of a secret: a token has no passphrase, and an empty one is none. */
export function secretOf({ kind, secret: pasted, passphrase: typed }: SecretValues): {
  secret: string;
  passphrase?: string;
} {
  return kind === 'key-pair' && typed !== '' ? { secret: pasted, passphrase: typed } : { secret: pasted };
}

/** What is sent to begin at a provider. */
export function grantOf(kind: GrantKind, { name, role }: Pick<CredentialValues, 'name' | 'role'>): NewGrant {
  return { name, provider: kind === 'oauth' ? 'snowflake' : 'external', ...(role === '' ? {} : { role }) };
}
