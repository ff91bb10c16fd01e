import { useForm } from 'react-hook-form';
import type { GivenRole, Member } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { FormFailure } from '../FormFailure';
import { ROLE_NAMES } from '../names';
import { SelectField } from '../SelectField';
import { useChangeMember } from './use-members';

interface ChangeRoleDialogProps {
  member: Member;
  roles: readonly GivenRole[];
  onClose: () => void;
}

/** Gives a member another role. Mounted while it is open. */
export function ChangeRoleDialog({ member: { userId, username, appRole }, roles, onClose }: ChangeRoleDialogProps) {
  const present = roles.find((role) => role === appRole);
  const form = useForm<{ appRole: GivenRole }>({ defaultValues: { appRole: present ?? 'builder' } });
  const change = useChangeMember();
  const submit = form.handleSubmit((values) => change.mutate({ userId, ...values }, { onSuccess: onClose }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change the role of ${username}`}
      description="It holds at once, also in the sessions they have open."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The role was not changed." error={change.error} />
        <SelectField
          label="Role here"
          hint="Admins manage members and settings. Builders save and run workflows. Viewers look."
          {...form.register('appRole')}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {ROLE_NAMES[role]}
            </option>
          ))}
        </SelectField>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" aria-busy={change.isPending}>
            Change role
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
