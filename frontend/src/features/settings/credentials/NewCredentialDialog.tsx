import { useForm, useWatch } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { FormFailure } from '../FormFailure';
import { SelectField } from '../SelectField';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { credentialFields, KINDS, secretOf, type CredentialValues } from './credential-form';
import { SecretFields } from './SecretFields';
import { useStoreCredential } from './use-credentials';

const FIELDS = ['name', 'kind', 'secret', 'passphrase'] as const;

/** Stores a credential. Mounted while it is open, so that what was typed is gone when it closes. */
export function NewCredentialDialog({ onClose }: { onClose: () => void }) {
  const form = useForm<CredentialValues>({
    resolver: zodResolver(credentialFields),
    defaultValues: { name: '', kind: 'key-pair', secret: '', passphrase: '' },
  });
  const kind = useWatch({ control: form.control, name: 'kind' });
  const store = useStoreCredential();
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    store.mutate(
      { name: values.name, kind: values.kind, ...secretOf(values) },
      {
        onSuccess: onClose,
        onError: (error) => showServerErrors(form, error, (path) => FIELDS.find((field) => field === path)),
      },
    ),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Store a credential"
      description="It is tried in Snowflake as you, then sealed. Nobody can read it back, you neither."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The credential was not stored." error={store.error} />
        <TextField label="Name" autoComplete="off" error={errors.name?.message} {...form.register('name')} />
        <SelectField
          label="Kind"
          {...form.register('kind', { onChange: () => form.resetField('secret', { defaultValue: '' }) })}
        >
          {Object.entries(KINDS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <SecretFields form={form} kind={kind} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" aria-busy={store.isPending}>
            {store.isPending ? 'Trying it in Snowflake' : 'Store credential'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
