import { useState } from 'react';
import type { ApiKey } from '../../../api/api-keys';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { CopyBlock } from '../CopyBlock';
import { FormFailure } from '../FormFailure';
import { SelectField } from '../SelectField';
import { useRotateApiKey } from './use-api-keys';

const GRACES = [0, 1, 8, 24];

/** Gives a key a new secret, shown this once. Mounted while it is open. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const [graceHours, setGraceHours] = useState(0);
  const rotate = useRotateApiKey();
  if (rotate.data) {
    return (
      <Dialog
        open
        title={`The key ${apiKey.name} has a new secret`}
        description="Copy it now: it is not shown again, for SnowFlow keeps only a hash."
        actions={
          <Button look="primary" onClick={onClose}>
            I have copied it
          </Button>
        }
      >
        <CopyBlock label="API key" text={rotate.data.key} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate the key ${apiKey.name}?`}
      description="It gets a new secret and keeps its scope and limits."
    >
      <FormFailure title="The key was not rotated." error={rotate.error} />
      <SelectField
        label="The old secret"
        value={graceHours}
        onChange={(event) => setGraceHours(Number(event.target.value))}
      >
        {GRACES.map((hours) => (
          <option key={hours} value={hours}>
            {hours === 0 ? 'stops working at once' : `works for ${hours} more ${hours === 1 ? 'hour' : 'hours'}`}
          </option>
        ))}
      </SelectField>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          aria-busy={rotate.isPending}
          onClick={() => rotate.mutate({ id: apiKey.id, graceHours })}
        >
          Rotate key
        </Button>
      </div>
    </Dialog>
  );
}
