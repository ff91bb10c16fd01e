import { useState } from 'react';
import type { Member } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { REASONS, ROLE_NAMES } from '../names';
import { RecordRow } from '../RecordRow';
import { StateMark } from '../StateMark';
import { ChangeRoleDialog } from './ChangeRoleDialog';
import { givableRoles, whyNotChange, whyNotRemove, type Viewing } from './member-rules';
import { useRemoveMember } from './use-members';

/** Who belongs to the tenant, with which role and why. */
export function MemberList({ members, viewing }: { members: readonly Member[]; viewing: Viewing }) {
  const [changing, setChanging] = useState<Member>();
  const [removing, setRemoving] = useState<Member>();
  const remove = useRemoveMember();
  const close = () => {
    remove.reset();
    setRemoving(undefined);
  };
  return (
    <>
      <ul className="record-list">
        {members.map((member) => (
          <RecordRow
            key={member.userId}
            title={<span className="mono">{member.username}</span>}
            marks={<MemberMark member={member} isSelf={member.username === viewing.username} />}
            facts={[
              { label: 'Role', value: ROLE_NAMES[member.appRole] },
              { label: 'Why', value: REASONS[member.because] },
              member.lastSeenAt
                ? { label: 'Last seen', value: timeAgo(member.lastSeenAt), title: absoluteTime(member.lastSeenAt) }
                : { label: 'Last seen', value: 'never' },
            ]}
            actions={
              member.state !== 'removed' && (
                <>
                  <Button
                    size="sm"
                    unavailable={whyNotChange(viewing, member)}
                    onClick={() => setChanging(member)}
                    aria-label={`Change role of ${member.username}`}
                  >
                    Change role
                  </Button>
                  <Button
                    size="sm"
                    unavailable={whyNotRemove(viewing, member)}
                    onClick={() => setRemoving(member)}
                    aria-label={`Remove member ${member.username}`}
                  >
                    Remove member
                  </Button>
                </>
              )
            }
          />
        ))}
      </ul>
      {changing && (
        <ChangeRoleDialog
          member={changing}
          roles={givableRoles(viewing.appRole)}
          onClose={() => setChanging(undefined)}
        />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title={`Remove ${removing?.username ?? ''}?`}
        description="Their sessions end at once, their runs are cancelled and their stored credentials are suspended. They come back only by an invitation or an owner role in Snowflake."
        keep="Keep member"
        confirm="Remove member"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing.userId, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}

function MemberMark({ member: { state }, isSelf }: { member: Member; isSelf: boolean }) {
  if (isSelf) return <span className="settings-badge">You</span>;
  if (state === 'invited') return <StateMark tone="waiting" text="Invited" />;
  if (state === 'removed') return <StateMark tone="cancelled" text="Removed" />;
  return null;
}
