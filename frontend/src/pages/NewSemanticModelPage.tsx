import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { messageOf } from '../api/api-error';
import { fetchSource, type SourceRef } from '../api/catalog';
import { Button } from '../components/Button';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { CatalogTree } from '../features/catalog/CatalogTree';
import { EMPTY_MODEL, modelOfTable } from '../features/semantic/model-of-table';
import { SemanticEditor } from '../features/semantic/SemanticEditor';
import { keepUnsaved, unsavedText } from '../features/semantic/unsaved-models';
import { meQuery } from '../features/session/me-query';

const ADDRESS = 'new';

/** A model that begins with a table: texts become dimensions, dates time dimensions, numbers facts. */
export function NewSemanticModelPage() {
  const { data: me } = useQuery(meQuery);
  useEffect(() => {
    document.title = 'New semantic model · SnowFlow';
  }, []);
  return (
    <PageFrame skipTo="the model">
      <header className="page-head semantic-title">
        <div>
          <p>
            <Link to="/semantic-models">Semantic models</Link>
          </p>
          <h1>New semantic model</h1>
        </div>
      </header>
      {me && <NewModel person={me.id} />}
    </PageFrame>
  );
}

function NewModel({ person }: { person: string }) {
  const navigate = useNavigate();
  const [text, setText] = useState(() => unsavedText(person, ADDRESS));
  const keep = useCallback((written: string | undefined) => keepUnsaved(person, ADDRESS, written), [person]);
  const begin = useMutation({
    mutationFn: async ({ database, schema, name }: SourceRef) =>
      modelOfTable(await fetchSource(database, schema, name, new AbortController().signal)),
    onSuccess: setText,
  });
  if (text !== undefined) {
    return (
      <SemanticEditor
        text={text}
        read={undefined}
        onUnsaved={keep}
        onSaved={({ place }) => {
          keep(undefined);
          const path = [place.database, place.schema, place.name].map(encodeURIComponent).join('/');
          void navigate(`/semantic-models/${path}`, { replace: true });
        }}
      />
    );
  }
  return (
    <>
      {begin.error && (
        <Notice tone="danger" title="The table could not be read.">
          {messageOf(begin.error)}
        </Notice>
      )}
      <div className="semantic-head">
        <p>Choose the table that it begins with. More can be added.</p>
        <Button onClick={() => setText(EMPTY_MODEL)}>Begin without a table</Button>
      </div>
      <div className="page-card semantic-pick" aria-busy={begin.isPending}>
        <CatalogTree pick={(source) => begin.mutate(source)} />
      </div>
    </>
  );
}
