import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { messageOf } from '../../api/api-error';
import type { SourceRef } from '../../api/catalog';
import { askSemanticModel } from '../../api/semantic-models';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { SqlText } from '../sql/SqlText';

interface AskPanelProps {
  /** The view that is asked; none of a model that was never saved. */
  place: SourceRef | undefined;
  isChanged: boolean;
  onVerify: (question: string, sql: string) => void;
}

/** Tries questions on the saved view: Analyst's SQL is shown, not run. */
export function AskPanel({ place, isChanged, onVerify }: AskPanelProps) {
  const [question, setQuestion] = useState('');
  const asking = useMutation({
    mutationFn: async ({ view, text }: { view: SourceRef; text: string }) => {
      const { database, schema, name } = view;
      return askSemanticModel({ database, schema, name, question: text });
    },
  });
  const ask = (text: string) => {
    setQuestion(text);
    if (place && text.trim() !== '') asking.mutate({ view: place, text: text.trim() });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(question);
  };
  const asked = asking.variables?.text ?? '';
  const { sql, text, suggestions = [] } = asking.data ?? {};
  return (
    <section className="page-card semantic-side" aria-label="Test questions">
      <h2>Test questions</h2>
      <p className="field-hint">
        {place
          ? `Analyst is asked over the saved view${isChanged ? '; save to test your changes' : ''}. Nothing is run.`
          : 'Save the model to ask it.'}
      </p>
      <form onSubmit={submit}>
        <TextField
          label="Question"
          value={question}
          maxLength={10_000}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Button type="submit" unavailable={place ? undefined : 'Save the model first'} aria-busy={asking.isPending}>
          Ask
        </Button>
      </form>
      {asking.error && (
        <Notice tone="danger" title="There is no answer.">
          {messageOf(asking.error)}
        </Notice>
      )}
      <div role="status">{text !== undefined && <p>{text}</p>}</div>
      {sql !== undefined && (
        <>
          <div className="semantic-sql">
            <SqlText sql={sql} />
          </div>
          <Button size="sm" onClick={() => onVerify(asked, sql)}>
            Add as verified query
          </Button>
        </>
      )}
      {suggestions.length > 0 && (
        <ul className="semantic-problems" aria-label="It could answer">
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <button type="button" onClick={() => ask(suggestion)}>
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
