import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { fetchSemanticModel } from '../api/semantic-models';
import type { SourceRef } from '../api/catalog';
import { Button } from '../components/Button';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { SemanticEditor } from '../features/semantic/SemanticEditor';
import { keepUnsaved, unsavedText } from '../features/semantic/unsaved-models';
import { modelKey } from '../features/semantic/use-save-model';
import { meQuery } from '../features/session/me-query';
import { Loaded } from '../features/settings/Loaded';

/** One semantic view, to read, test and change. */
export function SemanticModelPage() {
  const { database = '', schema = '', name = '' } = useParams();
  return <Opened key={JSON.stringify([database, schema, name])} place={{ database, schema, name }} />;
}

function Opened({ place }: { place: SourceRef }) {
  const { database, schema, name } = place;
  const { data: me } = useQuery(meQuery);
  const detail = useQuery({
    queryKey: modelKey(place),
    queryFn: ({ signal }) => fetchSemanticModel({ database, schema, name }, signal),
    retry: false,
    // What is written here must not be taken away by a newer reading.
    staleTime: Infinity,
    gcTime: 0,
  });
  const [discarded, setDiscarded] = useState(0);
  const person = me?.id ?? '';
  const address = `${database}.${schema}.${name}`;
  const keep = useCallback((text: string | undefined) => keepUnsaved(person, address, text), [person, address]);

  useEffect(() => {
    document.title = `${name} · SnowFlow`;
  }, [name]);

  return (
    <PageFrame skipTo="the model">
      <header className="page-head semantic-title">
        <div>
          <p className="mono">
            <Link to="/semantic-models">Semantic models</Link> {`${database}.${schema}`}
          </p>
          <h1>{name}</h1>
        </div>
      </header>
      {me && (
        <Loaded query={detail} what="The semantic view">
          {({ yaml }) => (
            <Editor
              key={discarded}
              read={{ place, yaml }}
              unsaved={unsavedText(person, address)}
              onUnsaved={keep}
              onDiscard={() => {
                keep(undefined);
                setDiscarded(discarded + 1);
              }}
            />
          )}
        </Loaded>
      )}
    </PageFrame>
  );
}

interface EditorProps {
  read: { place: SourceRef; yaml: string };
  unsaved: string | undefined;
  onUnsaved: (text: string | undefined) => void;
  onDiscard: () => void;
}

function Editor({ read, unsaved, onUnsaved, onDiscard }: EditorProps) {
  const [found] = useState(unsaved);
  const [isTold, setTold] = useState(found !== undefined);
  return (
    <>
      {isTold && (
        <Notice
          title="Your changes from before are here again."
          action={<Button onClick={onDiscard}>Discard them</Button>}
        >
          They were not saved.
        </Notice>
      )}
      <SemanticEditor text={found ?? read.yaml} read={read} onUnsaved={onUnsaved} onSaved={() => setTold(false)} />
    </>
  );
}
