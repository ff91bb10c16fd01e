import { useQuery } from '@tanstack/react-query';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { meQuery } from '../../session/me-query';
import { SelectField } from '../SelectField';
import { rolesForOauth } from '../sign-in/roles-for-oauth';
import type { GrantKind } from './credential-form';

/** What is chosen before the browser leaves for a provider: the role that the grant is for. */
export function GrantFields({ kind, role }: { kind: GrantKind; role: UseFormRegisterReturn }) {
  const { data: me } = useQuery(meQuery);
  const isSnowflake = kind === 'oauth';
  return (
    <>
      <p className="field-hint">
        This tab goes to {isSnowflake ? 'Snowflake' : 'your identity provider'}, where you sign in as yourself, and
        comes straight back. What you get there is for the runs alone: you stay signed in as you are.
      </p>
      <SelectField
        label="Role"
        hint={
          isSnowflake
            ? 'Workflows can use it under this role only.'
            : 'Where you name one, workflows can use it under this role only.'
        }
        {...role}
      >
        <option value="">{isSnowflake ? 'Your default role' : 'Any role you hold'}</option>
        {rolesForOauth(me?.roles ?? []).map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </SelectField>
    </>
  );
}
