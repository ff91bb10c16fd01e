import { useForm } from 'react-hook-form';
import type { EmbedSettings } from '../../../api/embed-settings';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/TextField';
import { showToast } from '../../../components/toast-store';
import { FormFailure } from '../FormFailure';
import { showServerErrors } from '../server-errors';
import { useSaveEmbedParents } from './use-embed-settings';

const originsIn = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The origins whose pages may show workflows of the tenant. */
export function EmbedParents({ settings: { parents, embedId } }: { settings: EmbedSettings }) {
  const save = useSaveEmbedParents();
  const form = useForm({ values: { parents: parents.join(', ') } });
  const submit = form.handleSubmit((values) =>
    save.mutate(originsIn(values.parents), {
      onSuccess: () => showToast('Pages saved'),
      onError: (error) => showServerErrors(form, error, () => 'parents'),
    }),
  );
  return (
    <form className="settings-form" noValidate onSubmit={(event) => void submit(event)}>
      <FormFailure title="The pages were not saved." error={save.error} />
      <TextField
        label="Pages that may embed"
        mono
        autoComplete="off"
        spellCheck={false}
        placeholder="https://app.example.com, https://*.example.org"
        hint="Origins with commas between. Without any, nothing is embedded."
        error={form.formState.errors.parents?.message}
        {...form.register('parents')}
      />
      {embedId !== null && (
        <p className="settings-text">
          Frames have the address <code>/embed/{embedId}</code>.
        </p>
      )}
      <div className="settings-actions">
        <Button type="submit" look="primary" aria-busy={save.isPending}>
          Save pages
        </Button>
      </div>
    </form>
  );
}
