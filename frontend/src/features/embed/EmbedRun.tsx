import { useEffect, useState, type FormEvent } from 'react';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { StateChip } from '../../components/StateChip';
import { TextField } from '../../components/TextField';
import type { EmbedApi, Embedded } from './embed-api';
import { EmbedAnswer } from './EmbedAnswer';
import type { HostPage } from './host-page';
import { initialTexts, INPUT_TYPES, valuesOf } from './parameter-texts';
import { useEmbedRun } from './use-embed-run';

interface EmbedRunProps {
  embedded: Embedded;
  api: EmbedApi;
  host: HostPage;
  readOnly: boolean;
}

/** A published workflow as a form: what it asks for, Run, and what it answers. */
export function EmbedRun({ embedded, api, host, readOnly }: EmbedRunProps) {
  const { name, description, parameters } = embedded;
  const [texts, setTexts] = useState(() => initialTexts(parameters));
  const { run, answer, failure, isUnderWay, start } = useEmbedRun(api, host);

  useEffect(
    () =>
      host.listen((message) => {
        if (message.type === 'snowflow:run') void start({ ...valuesOf(parameters, texts), ...message.parameters });
      }),
    [host, parameters, start, texts],
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start(valuesOf(parameters, texts));
  };
  return (
    <main className="embed-run">
      <h1>{name}</h1>
      {description && <p>{description}</p>}
      {!readOnly && (
        <form onSubmit={submit} aria-label={name}>
          {parameters.map(({ name: key, type, description: hint }) => (
            <TextField
              key={key}
              label={key}
              hint={hint}
              type={INPUT_TYPES[type]}
              step="any"
              value={texts[key] ?? ''}
              onChange={({ target }) => setTexts({ ...texts, [key]: target.value })}
            />
          ))}
          <Button type="submit" look="run" unavailable={isUnderWay ? 'The run has not ended yet' : undefined}>
            Run
          </Button>
        </form>
      )}
      <div role="status">{run && <StateChip status={run.status} />}</div>
      {failure && (
        <Notice tone="danger" title="The workflow did not answer.">
          {failure}
        </Notice>
      )}
      {answer && <EmbedAnswer key={run?.runId} value={answer.value} />}
    </main>
  );
}
