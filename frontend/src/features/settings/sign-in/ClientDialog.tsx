import { useForm } from 'react-hook-form';
import type { OauthClient, OauthProvider } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { FormFailure } from '../FormFailure';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { clientBody, clientFields, type ClientValues } from './client-form';
import { useSaveOauthClient } from './use-settings';

interface ClientDialogProps {
  provider: OauthProvider;
  client: OauthClient | undefined;
  onClose: () => void;
}

const TEXTS = {
  snowflake: 'The id and secret that SYSTEM$SHOW_OAUTH_CLIENT_SECRETS shows. Either of its two secrets works.',
  external: 'The client that you registered for SnowFlow at your identity provider.',
};
const FIELDS = ['clientId', 'clientSecret', 'issuer'] as const;

/** Enters or changes an OAuth client. The secret is written only: what is stored is never shown. */
export function ClientDialog({ provider, client, onClose }: ClientDialogProps) {
  const form = useForm<ClientValues>({
    resolver: zodResolver(clientFields(provider)),
    defaultValues: { clientId: client?.clientId ?? '', clientSecret: '', issuer: client?.issuer ?? '' },
  });
  const save = useSaveOauthClient();
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    save.mutate(clientBody(provider, values), {
      onSuccess: onClose,
      onError: (error) => showServerErrors(form, error, (path) => FIELDS.find((field) => field === path)),
    }),
  );
  return (
    <Dialog open onClose={onClose} title={client ? 'Change client' : 'Set up client'} description={TEXTS[provider]}>
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The client was not saved." error={save.error} />
        {provider === 'external' && (
          <TextField
            label="Issuer"
            mono
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://login.example.com"
            hint="Its address, as in its discovery document."
            error={errors.issuer?.message}
            {...form.register('issuer')}
          />
        )}
        <TextField
          label="Client id"
          mono
          autoComplete="off"
          spellCheck={false}
          error={errors.clientId?.message}
          {...form.register('clientId')}
        />
        <TextField
          label="Client secret"
          note={provider === 'external' ? 'none for a public client' : undefined}
          type="password"
          autoComplete="new-password"
          hint={client?.hasSecret ? 'Stored. Leave it empty to keep it.' : 'Stored sealed, never shown again.'}
          error={errors.clientSecret?.message}
          {...form.register('clientSecret')}
        />
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" aria-busy={save.isPending}>
            Save client
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
