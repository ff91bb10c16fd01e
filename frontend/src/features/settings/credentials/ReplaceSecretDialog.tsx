import { useForm } from 'react-hook-form';
import type { Credential } from '../../../api/credentials';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { FormFailure } from '../FormFailure';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { type PastedKind, secretFields, secretOf, type SecretValues } from './credential-form';
import { SecretFields } from './SecretFields';
import { useReplaceSecret } from './use-credentials';

interface ReplaceSecretDialogProps {
  credential: Credential;
  kind: PastedKind;
  onClose: () => void;
}

/** Gives a stored credential a new key or token. */
export function ReplaceSecretDialog({ credential: { id, name }, kind, onClose }: ReplaceSecretDialogProps) {
  const form = useForm<SecretValues>({
    resolver: zodResolver(secretFields),
    defaultValues: { kind, secret: '', passphrase: '' },
  });
  const replace = useReplaceSecret();
  const submit = form.handleSubmit((values) =>
    replace.mutate(
      { id, ...secretOf(values) },
      {
        onSuccess: onClose,
        onError: (error) =>
          showServerErrors(form, error, (path) => (path === 'secret' || path === 'passphrase' ? path : undefined)),
      },
    ),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Replace the secret of ${name}`}
      description="The new one is tried in Snowflake first, then works from the next use on. Approved uses stay approved."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The secret was not replaced." error={replace.error} />
        <SecretFields form={form} kind={kind} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Keep the present one</Button>
          <Button look="primary" type="submit" aria-busy={replace.isPending}>
            {replace.isPending ? 'Trying it in Snowflake' : 'Replace secret'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
