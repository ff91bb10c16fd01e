import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OauthProvider } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { meQuery } from '../../session/me-query';
import { authorizePath, pendingNext } from '../../session/provider-redirect';
import { SelectField } from '../SelectField';
import { rolesForOauth } from './roles-for-oauth';

/** Where the sign-in comes back to, also when it fails and is tried again. */
const HERE = '/admin/settings';

/** Signs the admin in through the client: the only way to know that it works. */
export function TestClientDialog({ provider, onClose }: { provider: OauthProvider; onClose: () => void }) {
  const { data: me } = useQuery(meQuery);
  const roles = rolesForOauth(me?.roles ?? []);
  const [role, setRole] = useState(() => roles.find((each) => each === me?.role) ?? '');
  return (
    <Dialog
      open
      onClose={onClose}
      title="Sign in through this client"
      description="This tab goes to the sign-in page and comes back here in a new session. The session you have now stays in the list of your sessions."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {me && (
            <a
              className="button button-primary button-md"
              href={authorizePath({ account: me.account, provider, role, next: HERE })}
              onClick={() => pendingNext.keep(HERE)}
            >
              Sign in to test
            </a>
          )}
        </>
      }
    >
      <p>
        Snowflake keeps ACCOUNTADMIN and SECURITYADMIN out of OAuth. If you own the tenant by one of them alone, you may
        come back as a member: prove ownership first, or sign in again as you did now.
      </p>
      <SelectField label="Role of the new session" value={role} onChange={(event) => setRole(event.target.value)}>
        <option value="">Your default role</option>
        {roles.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}
