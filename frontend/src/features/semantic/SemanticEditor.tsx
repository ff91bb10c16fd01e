import { Tabs } from 'radix-ui';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { showToast } from '../../components/toast-store';
import { AskPanel } from './AskPanel';
import { EditingContext, type Editing } from './editing-context';
import { addAt, listIn, pathText, readDraft, removeAt, setAt, textIn } from './model-text';
import { ModelForm } from './ModelForm';
import { ProblemLines } from './ProblemLines';
import { SaveModelDialog } from './SaveModelDialog';
import type { ReadModel } from './use-save-model';
import { useValidation } from './use-validation';
import { YamlEditor } from './YamlEditor';
import '../../components/Tabs.css';
import './Semantic.css';

interface SemanticEditorProps {
  /** What it begins with. */
  text: string;
  /** The view it was read from; none of a new model. */
  read: ReadModel | undefined;
  /** Told of each change; undefined once all is saved. */
  onUnsaved: (text: string | undefined) => void;
  onSaved: (saved: ReadModel) => void;
}

/** A semantic model as a form and as text: two views of one text, which is checked as it is written. */
export function SemanticEditor({ text: first, read: opened, onUnsaved, onSaved }: SemanticEditorProps) {
  const [text, setText] = useState(first);
  const [read, setRead] = useState(opened);
  const [saved, setSaved] = useState(opened?.yaml);
  const [tab, setTab] = useState('form');
  const [line, setLine] = useState<{ number: number }>();
  const [isSaving, setSaving] = useState(false);
  const validation = useValidation(text);
  const draft = useMemo(() => readDraft(text), [text]);
  const problems = validation.data?.problems;
  const isChanged = text !== saved;

  useEffect(() => {
    onUnsaved(isChanged ? text : undefined);
    if (!isChanged) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isChanged, text, onUnsaved]);

  const editing = useMemo<Editing>(() => {
    const change = (edit: (before: string) => string) => {
      try {
        setText(edit(text));
      } catch {
        showToast('The form can’t change this part, for an anchor or alias stands in its way. Change it in the text.');
      }
    };
    return {
      set: (path, value) => change((before) => setAt(before, path, value)),
      add: (path, item) => change((before) => addAt(before, path, item)),
      remove: (path) => change((before) => removeAt(before, path)),
      problemAt: (path) => problems?.find((problem) => problem.path === pathText(path))?.message,
    };
  }, [text, problems]);

  const go = (number: number) => {
    setTab('text');
    setLine({ number });
  };
  const verify = (question: string, sql: string) => {
    if (typeof draft === 'string') return showToast('Correct the text first; the query was not added.');
    const count = listIn(draft, 'verified_queries').length;
    editing.add(['verified_queries'], { name: `verified_${count + 1}`, question, sql });
    showToast('Added to the verified queries. Save the model to keep it.');
  };
  const unready = !isChanged
    ? 'Nothing has changed'
    : !validation.isCurrent
      ? 'It is still being checked'
      : validation.data?.valid
        ? undefined
        : 'Correct the problems first';

  return (
    <EditingContext value={editing}>
      <div className="semantic-page">
        <Tabs.Root
          value={tab}
          onValueChange={(next) => {
            setTab(next);
            setLine(undefined);
          }}
          className="semantic-main"
        >
          <header>
            <Tabs.List className="tabs" aria-label="Views of the model">
              <Tabs.Trigger value="form">Form</Tabs.Trigger>
              <Tabs.Trigger value="text">Text</Tabs.Trigger>
            </Tabs.List>
            <span className="quiet">{isChanged ? 'Not saved' : 'Saved'}</span>
            <Button look="primary" unavailable={unready} onClick={() => setSaving(true)}>
              Save
            </Button>
          </header>
          <Tabs.Content value="form" tabIndex={-1} className="page-card semantic-view">
            {typeof draft === 'string' ? (
              <Notice tone="warning" title="The text can’t be shown as a form.">
                {draft}
              </Notice>
            ) : (
              <ModelForm draft={draft} />
            )}
          </Tabs.Content>
          <Tabs.Content value="text" tabIndex={-1}>
            <YamlEditor value={text} onChange={setText} line={line} />
          </Tabs.Content>
        </Tabs.Root>
        <div className="semantic-aside">
          <ProblemLines problems={problems} error={validation.error} onGo={go} />
          <AskPanel place={read?.place} isChanged={isChanged} onVerify={verify} />
        </div>
      </div>
      {isSaving && (
        <SaveModelDialog
          name={typeof draft === 'string' ? '' : textIn(draft, 'name')}
          yaml={text}
          read={read}
          onClose={() => setSaving(false)}
          onSaved={(now, sent) => {
            setRead(now);
            setSaved(sent);
            setSaving(false);
            showToast(`${now.place.name} was saved.`);
            onSaved(now);
          }}
        />
      )}
    </EditingContext>
  );
}
