import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/TextField';
import { meQuery } from '../session/me-query';
import { FormFailure } from '../settings/FormFailure';
import { ChangedMeanwhile, useSaveModel, type ReadModel } from './use-save-model';

interface SaveModelDialogProps {
  name: string;
  yaml: string;
  read: ReadModel | undefined;
  onSaved: (saved: ReadModel, text: string) => void;
  onClose: () => void;
}

/** Where the view is made, whose rights make it, and whether it takes the place of another. */
export function SaveModelDialog({ name, yaml, read, onSaved, onClose }: SaveModelDialogProps) {
  const { data: me } = useQuery(meQuery);
  const [typed, setTyped] = useState<{ database?: string; schema?: string }>({});
  const database = typed.database ?? read?.place.database ?? me?.database ?? '';
  const schema = typed.schema ?? read?.place.schema ?? me?.schema ?? '';
  const [replace, setReplace] = useState(read !== undefined && read.place.name === name.toUpperCase());
  const saving = useSaveModel(read, onSaved);
  const isChanged = saving.error instanceof ChangedMeanwhile;
  const missing = database === '' || schema === '' ? 'Say in which schema' : undefined;
  const save = () => saving.mutate({ database, schema, name, yaml, replace, regardless: isChanged });
  return (
    <Dialog
      open
      title={`Save ${name}`}
      description={`The semantic view is made as ${me?.username ?? 'you'}, with the rights of the role ${me?.role ?? 'none'}, which owns it then. That needs CREATE SEMANTIC VIEW on the schema and SELECT on the tables.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={missing} aria-busy={saving.isPending} onClick={save}>
            {isChanged ? 'Replace it anyway' : 'Save'}
          </Button>
        </>
      }
    >
      <TextField
        label="Database"
        mono
        value={database}
        onChange={(event) => setTyped({ ...typed, database: event.target.value })}
      />
      <TextField
        label="Schema"
        mono
        value={schema}
        onChange={(event) => setTyped({ ...typed, schema: event.target.value })}
      />
      <label className="semantic-check">
        <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
        {`Replace a semantic view ${name} that is there`}
      </label>
      <FormFailure title="It was not saved." error={saving.error} />
    </Dialog>
  );
}
