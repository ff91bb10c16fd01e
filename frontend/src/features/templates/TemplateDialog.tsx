import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, messageOf } from '../../api/api-error';
import type { Template, TemplateValues } from '../../api/templates';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { answerOf, AskField, textOfAsk } from './AskField';
import { TemplateMissing } from './TemplateMissing';
import { TemplatePicture } from './TemplatePicture';
import { useApplyTemplate, useDeleteTemplate, useTemplate } from './use-templates';
import './TemplateDialog.css';

/** What a template is and needs, and the way to a workflow of one's own. */
export function TemplateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: template, error, refetch } = useTemplate(id);
  if (template) return <TemplateForm template={template} onClose={onClose} />;
  return (
    <Dialog
      open
      wide
      title="Template"
      description={error ? '' : 'Reading the template, and looking for what it needs in your account'}
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {error && (
        <Notice
          tone="danger"
          title="The template could not be read."
          action={<Button onClick={() => void refetch()}>Try now</Button>}
        >
          {messageOf(error)}
        </Notice>
      )}
    </Dialog>
  );
}

function TemplateForm({ template, onClose }: { template: Template; onClose: () => void }) {
  const { ask, origin } = template;
  const navigate = useNavigate();
  const [name, setName] = useState(template.name);
  const [texts, setTexts] = useState(() => Object.fromEntries(ask.map((one) => [one.path, textOfAsk(one)])));
  const made = useApplyTemplate(template.id, (workflowId) => void navigate(`/workflows/${workflowId}`));
  const remove = useDeleteTemplate(onClose);
  const errors = made.error instanceof ApiError ? (made.error.body.errors ?? []) : [];
  const errorAt = (path: string) => errors.find((one) => one.path === path)?.message;
  const failure = remove.error ?? (errors.length === 0 ? made.error : null);

  const submit = () => {
    const values: TemplateValues = {};
    for (const one of ask) {
      const value = answerOf(one, texts[one.path] ?? '');
      if (value !== undefined) values[one.path] = value;
    }
    made.mutate({ name: name.trim() === template.name ? '' : name.trim(), values });
  };
  return (
    <Dialog open wide title={template.name} description={template.description || 'A template'} onClose={onClose}>
      <form
        className="template-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!made.isPending) submit();
        }}
      >
        <TemplatePicture nodes={template.nodes} edges={template.edges} />
        <TemplateMissing template={template} />
        <TextField
          label="Name of the workflow"
          value={name}
          error={errorAt('name')}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        {ask.map((one) => (
          <AskField
            key={one.path}
            ask={one}
            text={texts[one.path] ?? ''}
            error={errorAt(`values.${one.path}`)}
            onChange={(text) => setTexts((before) => ({ ...before, [one.path]: text }))}
          />
        ))}
        {failure && (
          <Notice tone="danger" title="That did not work.">
            {messageOf(failure)}
          </Notice>
        )}
        <div className="dialog-actions">
          {origin === 'tenant' && (
            <Button look="danger" aria-busy={remove.isPending} onClick={() => remove.mutate(template.id)}>
              Delete template
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" look="primary" aria-busy={made.isPending}>
            Use template
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
