import { useQuery } from '@tanstack/react-query';
import { Plus, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { messageOf } from '../api/api-error';
import type { WorkflowSummary } from '../api/types';
import { Button } from '../components/Button';
import { Notice } from '../components/Notice';
import { Sidebar } from '../components/Sidebar';
import { meQuery } from '../features/session/me-query';
import { isAdministrator } from '../features/settings/names';
import { TransferButtons } from '../features/transfer/TransferButtons';
import { DeleteWorkflowDialog } from '../features/workflows/DeleteWorkflowDialog';
import { NoWorkflows } from '../features/workflows/NoWorkflows';
import { OwnerDialog } from '../features/workflows/OwnerDialog';
import { WorkflowTable } from '../features/workflows/WorkflowTable';
import { ShareDialog } from '../features/workflows/ShareDialog';
import { TrashDialog } from '../features/workflows/TrashDialog';
import { useNewWorkflow, useTrash, useWorkflows } from '../features/workflows/use-workflows';
import './WorkflowsPage.css';

const TYPING_MS = 200;
const EMPTY_TRASH = { title: 'The trash is empty.', text: 'Workflows that you remove wait here.' };
const NO_MATCH = { title: 'No workflow matches.', text: 'Try another name or clear the filters.' };

export function WorkflowsPage() {
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [typed, setTyped] = useState(search);
  const [deleting, setDeleting] = useState<WorkflowSummary>();
  const field = useRef<HTMLInputElement>(null);
  const which = {
    trash: params.get('trash') === 'true',
    all: params.get('all') === 'true',
    tag: params.get('tag') ?? '',
  };
  const [sharing, setSharing] = useState<WorkflowSummary>();
  const [giving, setGiving] = useState<WorkflowSummary>();
  const { data: me } = useQuery(meQuery);
  const { restore } = useTrash();
  const workflows = useWorkflows(search, which);
  const filtered = search !== '' || which.tag !== '' || which.trash || which.all;
  const create = useNewWorkflow((id) => void navigate(`/workflows/${id}`));
  const items = workflows.data?.pages.flatMap((page) => page.items);

  useEffect(() => {
    document.title = 'Workflows · SnowFlow';
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() === search) return;
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (typed.trim()) next.set('search', typed.trim());
          else next.delete('search');
          return next;
        },
        { replace: true },
      );
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, setParams]);

  const newWorkflow = (
    <Button look="primary" onClick={() => create.mutate()} aria-busy={create.isPending}>
      <Plus size={16} aria-hidden /> New workflow
    </Button>
  );

  const browse = (
    <Link className="button button-default button-md" to="/templates">
      Browse templates
    </Link>
  );

  return (
    <div className="workflows">
      <a className="skip-link" href="#main">
        Skip to workflows
      </a>
      <Sidebar />
      <main id="main" tabIndex={-1}>
        <header>
          <h1>{which.trash ? 'Trash' : which.all ? 'Everybody’s workflows' : 'Workflows'}</h1>
          {which.trash || which.all ? (
            <Link className="button button-md" to="/workflows">
              Back to workflows
            </Link>
          ) : (
            <div className="workflows-new">
              <Link className="button button-ghost button-md" to="/workflows?trash=true">
                Trash
              </Link>
              {isAdministrator(me?.appRole) && (
                <Link className="button button-ghost button-md" to="/workflows?all=true">
                  Everybody’s
                </Link>
              )}
              {browse}
              <TransferButtons workflows={items ?? []} />
              {newWorkflow}
            </div>
          )}
        </header>
        <search className="workflows-filter">
          <Search size={16} aria-hidden />
          <input
            ref={field}
            className="control"
            type="search"
            aria-label="Filter by name"
            placeholder="Filter by name"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </search>
        {create.error && (
          <Notice tone="danger" title="The workflow was not created.">
            {messageOf(create.error)}
          </Notice>
        )}
        {workflows.error && (
          <Notice
            tone="danger"
            title="The workflows could not be read."
            action={<Button onClick={() => void workflows.refetch()}>Try now</Button>}
          >
            {messageOf(workflows.error)}
          </Notice>
        )}
        {items?.length === 0 && !filtered && (
          <NoWorkflows
            title="Build your first workflow."
            text="Start from a table, a question or a template."
            action={
              <div className="workflows-new">
                <Button onClick={() => create.mutate()}>
                  <Plus size={16} aria-hidden /> New workflow
                </Button>
                {browse}
              </div>
            }
          />
        )}
        {items?.length === 0 && filtered && (
          <NoWorkflows
            {...(which.trash && !search ? EMPTY_TRASH : NO_MATCH)}
            action={
              <Button
                onClick={() => {
                  setTyped('');
                  setParams({});
                  field.current?.focus();
                }}
              >
                Clear filters
              </Button>
            }
          />
        )}
        {(items === undefined || items.length > 0) && !workflows.error && (
          <WorkflowTable
            workflows={items}
            onDelete={setDeleting}
            onShare={setSharing}
            onRestore={({ id }) => restore.mutate(id)}
            onChangeOwner={which.all ? setGiving : undefined}
          />
        )}
        {workflows.hasNextPage && (
          <Button onClick={() => void workflows.fetchNextPage()} aria-busy={workflows.isFetchingNextPage}>
            Show more
          </Button>
        )}
      </main>
      <DeleteWorkflowDialog workflow={which.trash ? deleting : undefined} onClose={() => setDeleting(undefined)} />
      <TrashDialog workflow={which.trash ? undefined : deleting} onClose={() => setDeleting(undefined)} />
      {sharing && <ShareDialog workflow={sharing} onClose={() => setSharing(undefined)} />}
      {giving && <OwnerDialog workflow={giving} onClose={() => setGiving(undefined)} />}
    </div>
  );
}
