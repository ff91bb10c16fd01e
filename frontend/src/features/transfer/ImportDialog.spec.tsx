import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { ApiError } from '../../api/api-error';
import * as catalog from '../../api/catalog';
import * as transfer from '../../api/transfer';
import type { Me } from '../../api/types';
import { meQuery } from '../session/me-query';
import { ExportDialog } from './ExportDialog';
import { ImportDialog } from './ImportDialog';
import { saveFile } from './save-file';

// The network and the disk end here: what is sent is looked at, what is answered is said.
jest.mock('../../api/transfer');
jest.mock('../../api/catalog');
jest.mock('./save-file');
const api = jest.mocked(transfer);

const report: transfer.ImportReport = {
  dryRun: true,
  format: 'snowflow',
  workflows: [
    {
      key: 'w',
      name: 'Revenue',
      id: null,
      notes: [],
      nodes: [
        {
          nodeId: 'a',
          label: 'Orders',
          type: 'source.table',
          outcome: 'changed',
          reasons: ['SALES became PROD'],
          problems: [],
        },
        { nodeId: 'b', label: '', type: 'quantum', outcome: 'dropped', reasons: ['It has no home'], problems: [] },
      ],
    },
  ],
  needs: [{ kind: 'database', name: 'SALES', mappedTo: null, state: 'missing', usedBy: [] }],
};

function setUp(dialog: React.ReactNode) {
  const queries = new QueryClient();
  queries.setQueryData(meQuery.queryKey, { warehouses: ['WH'] } as Me);
  jest.mocked(catalog).fetchDatabases.mockResolvedValue({ items: [], nextCursor: null });
  render(<QueryClientProvider client={queries}>{dialog}</QueryClientProvider>);
  return userEvent.setup();
}

describe('Importing a file', () => {
  it('shows what becomes of each node, maps a name, and opens what was made', async () => {
    const [onClose, onOpen] = [jest.fn(), jest.fn()];
    api.importWorkflows.mockResolvedValue(report);
    const user = setUp(<ImportDialog onClose={onClose} onOpen={onOpen} />);
    await user.type(screen.getByLabelText('Or its text'), 'snowflow: 1');
    await user.click(screen.getByRole('button', { name: 'Look at it' }));
    expect(await screen.findByRole('row', { name: /Orders.*Changed.*SALES became PROD/ })).toBeTruthy();
    expect(screen.getByRole('row', { name: /quantum.*Left out.*no home/ })).toBeTruthy();
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations).toEqual([]);
    await user.type(screen.getByLabelText('Database SALES'), 'PROD');
    const [workflow] = report.workflows;
    api.importWorkflows.mockResolvedValue({ ...report, workflows: workflow ? [{ ...workflow, id: 'wf_1' }] : [] });
    await user.click(screen.getByRole('button', { name: 'Import' }));
    expect(api.importWorkflows).toHaveBeenLastCalledWith(
      { content: 'snowflow: 1', mapping: { databases: { SALES: 'PROD' } }, dryRun: false },
      expect.any(String),
    );
    expect(onOpen).toHaveBeenCalledWith('wf_1');
    expect(onClose).toHaveBeenCalled();
  });

  it('says why a file is refused, and keeps its text', async () => {
    api.importWorkflows.mockRejectedValue(new ApiError(422, { code: 'VALIDATION', detail: 'Line 2, column 4: no' }));
    const user = setUp(<ImportDialog onClose={jest.fn()} onOpen={jest.fn()} />);
    await user.type(screen.getByLabelText('Or its text'), 'a: b');
    await user.click(screen.getByRole('button', { name: 'Look at it' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Line 2, column 4');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Or its text').value).toBe('a: b');
  });
});

describe('Exporting workflows', () => {
  it('saves the chosen ones as one file', async () => {
    api.exportWorkflows.mockResolvedValue('snowflow: 1\n');
    const onClose = jest.fn();
    const workflows = ['A', 'B', 'C'].map((name) => ({ id: `wf_${name}`, name }));
    const user = setUp(<ExportDialog workflows={workflows} onClose={onClose} />);
    await user.click(screen.getByLabelText('A'));
    await user.click(screen.getByLabelText('C'));
    await user.click(screen.getByRole('button', { name: 'Save file' }));
    expect(api.exportWorkflows).toHaveBeenCalledWith({
      ids: ['wf_A', 'wf_C'],
      format: 'yaml',
      called: true,
      values: true,
    });
    expect(saveFile).toHaveBeenCalledWith('workflows.snowflow.yaml', 'snowflow: 1\n');
    expect(onClose).toHaveBeenCalled();
  });
});
