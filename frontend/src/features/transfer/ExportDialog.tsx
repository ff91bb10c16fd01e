import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../api/api-error';
import { exportWorkflows, type FileFormat } from '../../api/transfer';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { SelectField } from '../settings/SelectField';
import { saveFile } from './save-file';
import './Transfer.css';

interface ExportDialogProps {
  /** Those that may be chosen; where it is one, it is. */
  workflows: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** Saves workflows as a file, without their secrets. */
export function ExportDialog({ workflows, onClose }: ExportDialogProps) {
  const [only] = workflows.length === 1 ? workflows : [];
  const [chosen, setChosen] = useState<readonly string[]>(only ? [only.id] : []);
  const [format, setFormat] = useState<FileFormat>('yaml');
  const [called, setCalled] = useState(true);
  const [values, setValues] = useState(true);
  const send = useMutation({
    mutationFn: () => exportWorkflows({ ids: [...chosen], format, called, values }),
    onSuccess: (text) => {
      saveFile(`${only ? fileName(only.name) : 'workflows'}.snowflow.${format}`, text);
      onClose();
    },
  });
  const toggle = (id: string) =>
    setChosen((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));
  return (
    <Dialog
      open
      onClose={onClose}
      title={only ? `Export ${only.name}` : 'Export workflows'}
      description="Secrets, credentials and results stay here. The same workflows are always the same file, so it fits into Git."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            unavailable={chosen.length === 0 ? 'Choose a workflow first' : undefined}
            aria-busy={send.isPending}
            onClick={() => send.mutate()}
          >
            Save file
          </Button>
        </>
      }
    >
      {send.error && (
        <Notice tone="danger" title="Nothing was exported.">
          {messageOf(send.error)}
        </Notice>
      )}
      {!only && (
        <fieldset className="transfer-choices">
          <legend>Workflows</legend>
          {workflows.map(({ id, name }) => (
            <Check key={id} label={name} checked={chosen.includes(id)} onChange={() => toggle(id)} />
          ))}
        </fieldset>
      )}
      <SelectField
        label="Format"
        value={format}
        onChange={(event) => setFormat(event.target.value === 'json' ? 'json' : 'yaml')}
      >
        <option value="yaml">YAML</option>
        <option value="json">JSON</option>
      </SelectField>
      <Check label="With the workflows that are called" checked={called} onChange={() => setCalled(!called)} />
      <Check label="With rows that were typed into Values" checked={values} onChange={() => setValues(!values)} />
    </Dialog>
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: () => void }) {
  return (
    <label className="transfer-check">
      <input type="checkbox" checked={checked} onChange={onChange} /> {label}
    </label>
  );
}

const fileName = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'workflow';
