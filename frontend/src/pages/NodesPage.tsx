import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { EmptyState } from '../components/EmptyState';
import { PageFrame } from '../components/PageFrame';
import { NodeGallery } from '../features/node-help/NodeGallery';
import { NodeHelp } from '../features/node-help/NodeHelp';
import { allDefinitions, definitionOf, GROUP_NAMES } from '../store/node-definitions';
import '../components/Field.css';

/** What workflows are made of. The one that is open stands in the URL. */
export function NodesPage() {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = allDefinitions.filter(({ title, description, type }) =>
    `${title} ${description} ${type}`.toLowerCase().includes(wanted),
  );
  const shown = definitionOf(params.get('type') ?? '');
  const close = () => setParams({}, { replace: true });

  useEffect(() => {
    document.title = 'Node types · SnowFlow';
  }, []);

  return (
    <PageFrame skipTo="node types">
      <header className="page-head">
        <h1>Node types</h1>
        <search className="node-gallery-search">
          <input
            className="control"
            type="search"
            aria-label="Search node types"
            placeholder="Search node types"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </search>
      </header>
      <NodeGallery definitions={found} onOpen={(type) => setParams({ type })} />
      {found.length === 0 && (
        <div className="page-card">
          <EmptyState
            title="No node type matches."
            text="Try another word."
            action={<Button onClick={() => setSearch('')}>Clear search</Button>}
          />
        </div>
      )}
      {shown && (
        <Dialog
          open
          wide
          onClose={close}
          title={shown.title}
          description={`${GROUP_NAMES[shown.group]} node, ${shown.type} in documents and the API`}
          actions={
            <Button look="primary" onClick={close}>
              Close
            </Button>
          }
        >
          <NodeHelp definition={shown} />
        </Dialog>
      )}
    </PageFrame>
  );
}
