import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { CopyBlock } from '../CopyBlock';
import { dayText } from '../days';
import { FormFailure } from '../FormFailure';
import { SelectField } from '../SelectField';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { useCreateApiKey } from './use-api-keys';

const LIVES = [30, 90, 180, 365];
const schema = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(100, 'A name has 100 characters at most.'),
  days: z.string(),
});
type Values = z.infer<typeof schema>;

interface NewApiKeyDialogProps {
  /** What alone the key may call; without it all. */
  publication?: { id: string; slug: string };
  onClose: () => void;
}

/** Makes a key, then shows it this once. Mounted while it is open, so nothing of the key is left when it closes. */
export function NewApiKeyDialog({ publication, onClose }: NewApiKeyDialogProps) {
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: { name: '', days: '90' } });
  const create = useCreateApiKey();
  const { errors } = form.formState;

  if (create.data) {
    const { name, key, expiresAt } = create.data;
    return (
      <Dialog
        open
        title={`The key ${name} was made`}
        description={`Copy it now: it is not shown again, for SnowFlow keeps only a hash. It expires on ${dayText(expiresAt)}.`}
        actions={
          <Button look="primary" onClick={onClose}>
            I have copied it
          </Button>
        }
      >
        <CopyBlock label="API key" text={key} />
      </Dialog>
    );
  }

  const submit = form.handleSubmit(({ name, days }) =>
    create.mutate(
      { name, days: Number(days), publications: publication ? [publication.id] : null },
      {
        onError: (error) =>
          showServerErrors(form, error, (path) => (path === 'name' || path === 'days' ? path : undefined)),
      },
    ),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="New API key"
      description={`It calls ${publication ? `“${publication.slug}” alone` : 'all published workflows of the tenant'}, and is shown once, when it is made.`}
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The key was not made." error={create.error} />
        <TextField
          label="Name"
          hint="What will use it, as nightly-export."
          autoComplete="off"
          error={errors.name?.message}
          {...form.register('name')}
        />
        <SelectField label="Expires after" error={errors.days?.message} {...form.register('days')}>
          {LIVES.map((days) => (
            <option key={days} value={days}>
              {days} days
            </option>
          ))}
        </SelectField>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" aria-busy={create.isPending}>
            Create key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
