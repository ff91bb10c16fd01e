import { useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { showToast } from '../../components/toast-store';
import { documentOf, undo, useBuilder } from '../../store/builder-store';
import { FormFailure } from '../settings/FormFailure';
import { DraftShown } from './DraftShown';
import { ModelField } from './ModelField';
import { isStillDrawn, useDraft, useModels } from './use-draft';
import './Describe.css';

interface DescribeDialogProps {
  onClose: () => void;
  /** The draft is drawn, perhaps where nobody looks. */
  onAccepted: () => void;
}

/** Draws, or changes what is drawn, from words. Nothing changes before it is accepted. Mounted while it is open. */
export function DescribeDialog({ onClose, onAccepted }: DescribeDialogProps) {
  const empty = useBuilder((state) => state.nodes.length === 0);
  const { data: models } = useModels();
  const { draft: asked, cancel } = useDraft();
  const [request, setRequest] = useState('');
  const [model, setModel] = useState('');
  const [isOutdated, setOutdated] = useState(false);
  const { data } = asked;
  const isReady = data !== undefined && data.draft.changes.length > 0;

  const ask = () => {
    setOutdated(false);
    asked.mutate({ request: request.trim(), model: model.trim() });
  };
  const accept = () => {
    if (!data) return;
    if (!isStillDrawn(data.before)) return setOutdated(true);
    useBuilder.getState().applyDraft(data.draft.definition);
    onAccepted();
    showToast('Draft accepted', { label: 'Undo', run: () => undo() });
    onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={empty ? 'Describe the workflow' : 'Describe a change'}
      description="You see what would change and decide. What you write goes to the model as it is."
    >
      <form
        className="describe-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (request.trim() !== '' && !asked.isPending) ask();
        }}
      >
        <div className="field">
          <label htmlFor="describe-request">{empty ? 'What should it do?' : 'What should change?'}</label>
          <textarea
            id="describe-request"
            className="control"
            rows={3}
            maxLength={4_000}
            value={request}
            placeholder={empty ? 'Sum of O_TOTALPRICE by O_ORDERSTATUS from ORDERS' : 'Add a limit of 10'}
            onChange={(event) => setRequest(event.target.value)}
          />
        </div>
        <ModelField models={models} value={model} onChange={setModel} />
        <FormFailure title="There is no draft." error={asked.error} />
        {asked.isPending && <p role="status">Drafting. A model may take up to a minute.</p>}
        {isOutdated && (
          <Notice tone="warning" title="The workflow has changed meanwhile.">
            Ask again, so that the draft is of what is drawn now.
          </Notice>
        )}
        {data && <DraftShown draft={data.draft} before={documentOf(useBuilder.getState())} />}
        <div className="dialog-actions">
          {asked.isPending ? (
            <Button onClick={cancel}>Stop waiting</Button>
          ) : (
            <Button onClick={onClose}>{isReady ? 'Reject' : 'Close'}</Button>
          )}
          <Button
            type="submit"
            look={isReady ? 'default' : 'primary'}
            aria-busy={asked.isPending}
            unavailable={request.trim() === '' ? 'Write what to draw first' : undefined}
          >
            {data ? 'Draft again' : 'Draft'}
          </Button>
          {isReady && (
            <Button look="primary" onClick={accept}>
              Accept draft
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
