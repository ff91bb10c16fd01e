import { TEMPLATE_CATEGORIES } from '@snowflow/contracts/documents/template-terms';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/TextField';
import { showToast } from '../../components/toast-store';
import { documentOf, useBuilder } from '../../store/builder-store';
import type { Saving } from '../saving/use-saving';
import { FormFailure } from '../settings/FormFailure';
import { askCandidates } from './ask-candidates';
import { CATEGORY_NAMES, categoryIn } from './categories';
import { useCreateTemplate } from './use-templates';
import './SaveTemplateDialog.css';

interface SaveTemplateDialogProps {
  workflowId: string;
  saving: Pick<Saving, 'flush' | 'revision'>;
  onClose: () => void;
}

/** Makes a template of the open workflow, for everybody of the tenant. Mounted while it is open. */
export function SaveTemplateDialog({ workflowId, saving, onClose }: SaveTemplateDialogProps) {
  const navigate = useNavigate();
  const [document] = useState(() => documentOf(useBuilder.getState()));
  const candidates = askCandidates(document);
  const [name, setName] = useState(document.name);
  const [description, setDescription] = useState(document.description.slice(0, 2_000));
  const [category, setCategory] = useState<(typeof TEMPLATE_CATEGORIES)[number]>('pipelines');
  const [tags, setTags] = useState('');
  const [asked, setAsked] = useState(() => new Set(document.parameters.map((one) => `parameters.${one.name}`)));
  const create = useCreateTemplate();
  const [unsaved, setUnsaved] = useState<Error>();

  const submit = async () => {
    setUnsaved(undefined);
    if (!(await saving.flush())) {
      setUnsaved(new Error('The draft is not saved yet, so there is nothing to make a template of.'));
      return;
    }
    const ask = candidates.filter(({ path }) => asked.has(path)).slice(0, 50);
    const body = {
      workflowId,
      revision: saving.revision(),
      name: name.trim(),
      description,
      category,
      tags: tagsIn(tags),
      ask,
    };
    create.mutate(body, {
      onSuccess: ({ id, takenOut }) => {
        const left = takenOut.length > 0 ? `, without ${takenOut.length} private settings` : '';
        showToast(`Template saved${left}`, {
          label: 'Show',
          run: () => void navigate(`/templates?template=${id}`),
        });
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Save as template"
      description="Everybody of your tenant may use it. Credentials, webhook addresses, pinned results and names of people stay out."
    >
      <form
        className="save-template"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) void submit();
        }}
      >
        <TextField
          label="Name"
          value={name}
          required
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="field">
          <label htmlFor="template-description">Description</label>
          <textarea
            id="template-description"
            className="control"
            maxLength={2_000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="template-category">Category</label>
          <select
            id="template-category"
            className="control"
            value={category}
            onChange={(event) => setCategory(categoryIn(event.target.value) ?? category)}
          >
            {TEMPLATE_CATEGORIES.map((one) => (
              <option key={one} value={one}>
                {CATEGORY_NAMES[one]}
              </option>
            ))}
          </select>
        </div>
        <TextField
          label="Tags"
          hint="Several with commas between"
          value={tags}
          maxLength={400}
          onChange={(event) => setTags(event.target.value)}
        />
        {candidates.length > 0 && (
          <fieldset className="save-template-asks">
            <legend>Asked when it is used</legend>
            {candidates.map(({ path, label }) => (
              <label key={path}>
                <input
                  type="checkbox"
                  checked={asked.has(path)}
                  onChange={(event) => setAsked(withOrWithout(asked, path, event.target.checked))}
                />{' '}
                {label}
              </label>
            ))}
          </fieldset>
        )}
        <FormFailure title="The template was not saved." error={unsaved ?? create.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" look="primary" aria-busy={create.isPending}>
            Save template
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const tagsIn = (text: string) =>
  [...new Set(text.split(',').map((one) => one.trim()))].filter((one) => one !== '').slice(0, 10);

function withOrWithout(set: ReadonlySet<string>, path: string, isIn: boolean): Set<string> {
  const next = new Set(set);
  if (isIn) next.add(path);
  else next.delete(path);
  return next;
}
