import type { Models } from '../../api/drafts';
import { TextField } from '../../components/TextField';

interface ModelFieldProps {
  models: Models | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** Which model drafts. A name that is not listed may be typed, where Snowflake lists none. */
export function ModelField({ models, value, onChange }: ModelFieldProps) {
  const first = models?.items.find(({ simulated }) => !simulated)?.name;
  return (
    <>
      <TextField
        label="Model"
        note="optional"
        list="draft-models"
        autoComplete="off"
        value={value}
        placeholder={first ?? 'None'}
        hint={models && hintOf(models, value || first)}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id="draft-models">
        {models?.items.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </>
  );
}

function hintOf({ items, note }: Models, name: string | undefined): string {
  if (name?.startsWith('endpoint:')) {
    return 'Outside Snowflake: it gets your words and the names of tables and columns, and no value of the workflow.';
  }
  if (items.some(({ simulated }) => simulated)) {
    return 'The local warehouse only plays its models, so none is asked: fixed phrases are read from your words.';
  }
  if (name === undefined)
    return `${note ?? 'No model is listed.'} Without one, fixed phrases are read from your words.`;
  return 'In your Snowflake account: it gets your words and the workflow as it is.';
}
