import { useState } from 'react';
import type { Me } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { RoleSignInDialog } from './RoleSignInDialog';
import { useSwitchContext } from './use-switch-context';

/** Snowflake took the session's role away: another is chosen, or the page is looked at without running anything. */
export function RoleRevokedDialog({ me }: { me: Me }) {
  const [put, setPut] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const { change, isPending, needed, dismiss } = useSwitchContext();
  const role = chosen ?? me.roles[0];
  const revoked = me.role ?? '';
  if (needed) return <RoleSignInDialog needed={needed} onClose={dismiss} />;
  return (
    <Dialog
      open={put !== revoked}
      onClose={() => setPut(revoked)}
      title={`Snowflake no longer grants ${revoked} to you.`}
      description="Nothing runs until you take another role. Your draft is kept."
      actions={
        <>
          <Button onClick={() => setPut(revoked)}>Not now</Button>
          <Button
            look="primary"
            aria-busy={isPending}
            unavailable={role ? undefined : 'Snowflake grants you no role'}
            onClick={() => role && change({ role })}
          >
            Use role
          </Button>
        </>
      }
    >
      <div className="field">
        <label htmlFor="other-role">Role</label>
        <select
          id="other-role"
          className="control mono"
          value={role}
          onChange={(event) => setChosen(event.target.value)}
        >
          {me.roles.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
    </Dialog>
  );
}
