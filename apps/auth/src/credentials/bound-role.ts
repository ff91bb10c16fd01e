import type { CredentialRow } from './credentials.tables';

type Bound = Pick<CredentialRow, 'name' | 'bound_role'>;

/** Whether the OAuth grant is for another role alone. */
export function isBoundElsewhere({ bound_role }: Pick<Bound, 'bound_role'>, role: string): boolean {
  return bound_role !== null && bound_role !== role;
}

/** What is to be told then. */
export function boundElsewhere({ name, bound_role }: Bound, role: string): string {
  return `The OAuth grant of the stored credential "${name}" is for the role ${bound_role ?? ''}, so ${role} is not granted to it. Use it under ${bound_role ?? ''}, or choose a credential for ${role}.`;
}
