import { useForm, useWatch } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { FormFailure } from '../FormFailure';
import { METHOD_NAMES } from '../names';
import { SelectField } from '../SelectField';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { continueTo } from './continue-to';
import { credentialFields, grantOf, isGrant, PASTED_KINDS, secretOf, type CredentialValues } from './credential-form';
import { GrantFields } from './GrantFields';
import { SecretFields } from './SecretFields';
import { useStartGrant, useStoreCredential } from './use-credentials';
import { useGrantKinds } from './use-grant-kinds';

const FIELDS = ['name', 'kind', 'secret', 'passphrase', 'role'] as const;

/** Stores a credential. Mounted while it is open, so that what was typed is gone when it closes. */
export function NewCredentialDialog({ onClose }: { onClose: () => void }) {
  const form = useForm<CredentialValues>({
    resolver: zodResolver(credentialFields),
    defaultValues: { name: '', kind: 'key-pair', secret: '', passphrase: '', role: '' },
  });
  const kind = useWatch({ control: form.control, name: 'kind' });
  const kinds = [...PASTED_KINDS, ...useGrantKinds()];
  const store = useStoreCredential();
  const start = useStartGrant();
  const { errors } = form.formState;
  const onError = (error: unknown) => showServerErrors(form, error, (path) => FIELDS.find((field) => field === path));
  const submit = form.handleSubmit((values) => {
    if (isGrant(values.kind)) start.mutate(grantOf(values.kind, values), { onError });
    else {
      const secret = secretOf({ ...values, kind: values.kind });
      store.mutate({ name: values.name, kind: values.kind, ...secret }, { onSuccess: onClose, onError });
    }
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Store a credential"
      description="It is tried in Snowflake as you, then sealed. Nobody can read it back, you neither."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The credential was not stored." error={store.error ?? start.error} />
        <TextField label="Name" autoComplete="off" error={errors.name?.message} {...form.register('name')} />
        <SelectField
          label="Kind"
          {...form.register('kind', { onChange: () => form.resetField('secret', { defaultValue: '' }) })}
        >
          {kinds.map((each) => (
            <option key={each} value={each}>
              {METHOD_NAMES[each]}
            </option>
          ))}
        </SelectField>
        {isGrant(kind) ? (
          <GrantFields kind={kind} role={form.register('role')} />
        ) : (
          <SecretFields form={form} kind={kind} />
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          {isGrant(kind) ? (
            <Button look="primary" type="submit" aria-busy={start.isPending || start.isSuccess}>
              {continueTo(kind === 'oauth' ? 'snowflake' : 'external')}
            </Button>
          ) : (
            <Button look="primary" type="submit" aria-busy={store.isPending}>
              {store.isPending ? 'Trying it in Snowflake' : 'Store credential'}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
