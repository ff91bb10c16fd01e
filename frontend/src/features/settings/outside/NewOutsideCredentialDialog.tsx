import { useForm } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { FormFailure } from '../FormFailure';
import { SelectField } from '../SelectField';
import { zodResolver } from '../zod-resolver';
import {
  NEW_CREDENTIAL,
  newCredential,
  outsideCredentialSchema,
  type OutsideCredentialValues,
} from './credential-form';
import { useAddOutsideCredential } from './use-outside';

const SECRETS = { bearer: 'Token', header: 'Value of the header', basic: 'Password' };

/** Makes a credential. Mounted while it is open, so nothing of it is left when it closes. */
export function NewOutsideCredentialDialog({ onClose }: { onClose: () => void }) {
  const form = useForm<OutsideCredentialValues>({
    resolver: zodResolver(outsideCredentialSchema),
    defaultValues: NEW_CREDENTIAL,
  });
  const add = useAddOutsideCredential();
  const { errors } = form.formState;
  const kind = form.watch('kind');
  const submit = form.handleSubmit((values) => add.mutate(newCredential(values), { onSuccess: onClose }));
  const plain = { autoComplete: 'off', spellCheck: false } as const;
  return (
    <Dialog
      open
      onClose={onClose}
      title="New outside credential"
      description="It is kept sealed, sent to its own hosts only, and never shown again. Anybody who builds workflows here may use it."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The credential was not made." error={add.error} />
        <TextField label="Name" {...plain} error={errors.name?.message} {...form.register('name')} />
        <SelectField label="Kind" {...form.register('kind')}>
          <option value="bearer">Bearer token</option>
          <option value="header">Header</option>
          <option value="basic">User name and password</option>
        </SelectField>
        <TextField
          label="Hosts"
          mono
          {...plain}
          placeholder="agent.example.com"
          hint="With commas between."
          error={errors.hosts?.message}
          {...form.register('hosts')}
        />
        {kind === 'header' && (
          <TextField
            label="Header"
            mono
            {...plain}
            placeholder="X-Api-Key"
            error={errors.headerName?.message}
            {...form.register('headerName')}
          />
        )}
        {kind === 'basic' && (
          <TextField label="User name" {...plain} error={errors.username?.message} {...form.register('username')} />
        )}
        <TextField
          label={SECRETS[kind]}
          type="password"
          {...plain}
          autoComplete="new-password"
          error={errors.secret?.message}
          {...form.register('secret')}
        />
        <div className="settings-actions">
          <Button type="submit" look="primary" aria-busy={add.isPending}>
            Make credential
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
