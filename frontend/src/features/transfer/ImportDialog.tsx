import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../api/api-error';
import { fetchDatabases } from '../../api/catalog';
import { importWorkflows, type Mapping } from '../../api/transfer';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { meQuery } from '../session/me-query';
import { ImportReportTable } from './ImportReportTable';
import { NeedFields } from './NeedFields';
import './Transfer.css';

interface ImportDialogProps {
  onClose: () => void;
  /** Where the first of the imported workflows is opened. */
  onOpen: (id: string) => void;
}

/** A file is looked at first: what becomes of each node, and what is called otherwise here. Then it is imported. */
export function ImportDialog({ onClose, onOpen }: ImportDialogProps) {
  const queries = useQueryClient();
  const [content, setContent] = useState('');
  const [mapping, setMapping] = useState<Mapping>({});
  const [key] = useState(() => crypto.randomUUID());
  const { data: me } = useQuery(meQuery);
  const databases = useQuery({
    queryKey: ['import', 'databases'],
    queryFn: ({ signal }) => fetchDatabases(null, signal),
  });
  const look = useMutation({ mutationFn: () => importWorkflows({ content, mapping, dryRun: true }) });
  const send = useMutation({
    mutationFn: () => importWorkflows({ content, mapping, dryRun: false }, key),
    onSuccess: async ({ workflows: [first] }) => {
      await queries.invalidateQueries({ queryKey: ['workflows'] });
      onClose();
      if (first?.id) onOpen(first.id);
    },
  });
  const take = (text: string) => {
    setContent(text);
    look.reset();
  };
  const read = async (file: File | undefined) => file && take(await file.text());
  const report = look.data;
  const failure = send.error ?? look.error;
  const isEmpty = content.trim() === '';
  const action = (label: string, run: () => void, isBusy: boolean) => (
    <Button
      look="primary"
      unavailable={isEmpty ? 'Choose a file or paste its text first' : undefined}
      aria-busy={isBusy}
      onClick={run}
    >
      {label}
    </Button>
  );
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Import workflows"
      description="A file of SnowFlow, as JSON or YAML, or a flow of the earlier SnowFlow. Nothing that you have is overwritten."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {report && <Button onClick={() => look.mutate()}>Look again</Button>}
          {report
            ? action('Import', () => send.mutate(), send.isPending)
            : action('Look at it', () => look.mutate(), look.isPending)}
        </>
      }
    >
      {failure && (
        <Notice tone="danger" title="Nothing was imported.">
          {messageOf(failure)}
        </Notice>
      )}
      {!report && (
        <div
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void read(event.dataTransfer.files[0]);
          }}
        >
          <div className="field">
            <label htmlFor="transfer-file">File, chosen or dropped here</label>
            <input
              id="transfer-file"
              type="file"
              accept=".json,.yaml,.yml"
              onChange={(event) => void read(event.target.files?.[0])}
            />
          </div>
          <div className="field">
            <label htmlFor="transfer-text">Or its text</label>
            <textarea
              id="transfer-text"
              className="control mono transfer-text"
              value={content}
              onChange={(event) => take(event.target.value)}
            />
          </div>
        </div>
      )}
      {report?.workflows.map((workflow) => (
        <ImportReportTable key={workflow.key} workflow={workflow} />
      ))}
      {report && (
        <NeedFields
          needs={report.needs}
          mapping={mapping}
          offered={{
            database: databases.data?.items.map(({ name }) => name) ?? [],
            warehouse: me?.warehouses ?? [],
          }}
          onMap={setMapping}
        />
      )}
    </Dialog>
  );
}
