import { useForm } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/TextField';
import type { HeldTag } from '../../../api/outside';
import { FormFailure } from '../FormFailure';
import { SettingsSection } from '../SettingsSection';
import { useSaveHeldTags } from './use-outside';

/** `DB.SCHEMA.TAG`, or with a value `DB.SCHEMA.TAG = value`, with commas between. */
const tagsIn = (text: string): HeldTag[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, tag = part, value] = /^([^=]*?)\s*=\s*(.+)$/.exec(part) ?? [];
      return value === undefined ? { tag } : { tag, value };
    });

const textOf = (tags: readonly HeldTag[]) =>
  tags.map(({ tag, value }) => (value === undefined ? tag : `${tag} = ${value}`)).join(', ');

/** The tags whose columns never leave, whatever the hosts may have. */
export function HeldTags({ tags }: { tags: HeldTag[] }) {
  const save = useSaveHeldTags();
  const form = useForm({ values: { tags: textOf(tags) } });
  return (
    <SettingsSection title="Columns that never leave" text="By their tags in Snowflake, whatever a host may have.">
      <form noValidate onSubmit={form.handleSubmit((values) => save.mutate(tagsIn(values.tags)))}>
        <FormFailure title="The tags were not saved." error={save.error} />
        <TextField
          label="Tags"
          mono
          autoComplete="off"
          placeholder="GOVERNANCE.TAGS.PII, GOVERNANCE.TAGS.LEVEL = secret"
          hint="Commas between. With any tag here, values that can’t be traced to their columns do not leave either."
          {...form.register('tags')}
        />
        <div className="settings-actions">
          <Button type="submit" aria-busy={save.isPending}>
            Save tags
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}
