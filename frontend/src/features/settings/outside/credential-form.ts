import { z } from 'zod';
import type { NewOutsideCredential } from '../../../api/outside';
import { itemsOf } from './host-form';

export const outsideCredentialSchema = z
  .object({
    name: z.string().trim().min(1, 'Give the credential a name.').max(100, 'A name has 100 characters at most.'),
    kind: z.enum(['bearer', 'header', 'basic']),
    hosts: z.string().trim().min(1, 'Name the hosts that it is sent to.'),
    headerName: z.string().trim(),
    username: z.string().trim(),
    secret: z
      .string()
      .min(8, 'A secret has 8 characters or more.')
      .max(8_000, 'A secret has 8,000 characters at most.'),
  })
  .superRefine(({ kind, headerName, username }, context) => {
    const missing = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (kind === 'header' && headerName === '') missing('headerName', 'Name the header.');
    if (kind === 'basic' && username === '') missing('username', 'Give the user name.');
  });
export type OutsideCredentialValues = z.infer<typeof outsideCredentialSchema>;

export const NEW_CREDENTIAL: OutsideCredentialValues = {
  name: '',
  kind: 'bearer',
  hosts: '',
  headerName: '',
  username: '',
  secret: '',
};

/** What is sent: only what the kind has. */
export function newCredential(values: OutsideCredentialValues): NewOutsideCredential {
  const { name, kind, hosts, headerName, username, secret } = values;
  return {
    name,
    kind,
    hosts: itemsOf(hosts),
    secret,
    ...(kind === 'header' ? { headerName } : {}),
    ...(kind === 'basic' ? { username } : {}),
  };
}
