import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Loaded } from '../../features/settings/Loaded';
import { InviteDialog } from '../../features/settings/members/InviteDialog';
import { givableRoles } from '../../features/settings/members/member-rules';
import { MemberList } from '../../features/settings/members/MemberList';
import { useMembers } from '../../features/settings/members/use-members';
import { meQuery } from '../../features/session/me-query';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

export function MembersPage() {
  return (
    <AdminOnly title="Members">
      <Members />
    </AdminOnly>
  );
}

/** Who belongs to the tenant. */
function Members() {
  const { data: me } = useQuery(meQuery);
  const members = useMembers();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <SettingsHeader
        title="Members"
        action={
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus size={16} aria-hidden /> Invite member
          </Button>
        }
      />
      <p className="settings-text">
        Who holds an owner role in Snowflake owns the tenant. Others join by a rule of the sign-in settings, or because
        they were invited. What anyone sees of the data is decided by their Snowflake grants alone.
      </p>
      <Loaded query={members} what="The members">
        {(items) => me && <MemberList members={items} viewing={me} />}
      </Loaded>
      {inviting && me && <InviteDialog roles={givableRoles(me.appRole)} onClose={() => setInviting(false)} />}
    </>
  );
}
