import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { PlanStep } from '../../api/types';
import { useBuilder } from '../../store/builder-store';
import { SqlTab } from './SqlTab';

const query = { kind: 'query', dependsOn: [] } as const;

describe('The SQL tab', () => {
  const plan = (): PlanStep[] => {
    const [orders = '', asked = '', shown = ''] = useBuilder.getState().nodes.map(({ id }) => id);
    return [
      {
        step: asked,
        kind: 'condition',
        nodes: [orders, asked],
        endsBecause: { code: 'CONDITION', sentence: 'Its answer decides what runs after it.' },
        dependsOn: [],
        sql: 'SELECT 1',
      },
      {
        step: shown,
        ...query,
        nodes: [orders, shown],
        endsBecause: { code: 'OUTPUT', sentence: 'It is an output.' },
        dependsOn: [asked],
        sql: 'SELECT 2',
      },
    ];
  };

  beforeEach(() =>
    act(() => {
      const { addNode, setServerFindings } = useBuilder.getState();
      const orders = addNode('source.table', {});
      const asked = addNode('logic.condition', { after: orders });
      addNode('output.result', { after: asked });
      setServerFindings({ problems: [], plan: plan() });
    }),
  );

  it('says of a node’s statement which nodes it is made of, why it ends there and what it waits for', () => {
    const shown = useBuilder.getState().nodes.find(({ data }) => data.type === 'output.result');
    render(<SqlTab nodeId={shown?.id} />);
    expect(screen.getByText(/Statement 2 of 2/)).toBeTruthy();
    expect(document.querySelector('.step-explanation')?.textContent).toMatch(
      /^Table.* → Result.*\. Ends at Result.*: it is an output\. Waits for Condition.*\.$/,
    );
  });

  it('lists the steps of the plan where no node is chosen, and selects the one that is clicked', async () => {
    render(<SqlTab nodeId={undefined} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: /Condition/ }));
    expect(useBuilder.getState().selectedIds).toEqual([plan()[0]?.step]);
  });

  it('shows the steps of a run that was planned before reasons were kept', () => {
    act(() => {
      const steps = plan().map((step) => ({ ...step, endsBecause: undefined }));
      useBuilder.getState().setServerFindings({ problems: [], plan: steps });
    });
    render(<SqlTab nodeId={plan()[0]?.step} />);
    expect(document.querySelector('.step-explanation')?.textContent).not.toContain('Ends at');
  });
});
