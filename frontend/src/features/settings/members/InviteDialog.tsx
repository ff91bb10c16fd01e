import { useForm } from 'react-hook-form';
import { z } from 'zod';
import type { GivenRole } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { FormFailure } from '../FormFailure';
import { ROLE_NAMES } from '../names';
import { SelectField } from '../SelectField';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { useInviteMember } from './use-members';

const schema = z.object({
  username: z.string().trim().min(1, 'Name the Snowflake user.').max(255, 'A user name has 255 characters at most.'),
  appRole: z.enum(['admin', 'builder', 'viewer']),
});
type Values = z.infer<typeof schema>;

/** Lets a Snowflake user in. Mounted while it is open. */
export function InviteDialog({ roles, onClose }: { roles: readonly GivenRole[]; onClose: () => void }) {
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { username: '', appRole: 'builder' },
  });
  const invite = useInviteMember();
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    invite.mutate(values, {
      onSuccess: onClose,
      onError: (error) =>
        showServerErrors(form, error, (path) => (path === 'username' || path === 'appRole' ? path : undefined)),
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Invite a member"
      description="They become a member when they first sign in to this account. SnowFlow sends no message: tell them yourself."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="Nobody was invited." error={invite.error} />
        <TextField
          label="Snowflake user name"
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.username?.message}
          {...form.register('username')}
        />
        <SelectField label="Role here" error={errors.appRole?.message} {...form.register('appRole')}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {ROLE_NAMES[role]}
            </option>
          ))}
        </SelectField>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" aria-busy={invite.isPending}>
            Invite member
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
