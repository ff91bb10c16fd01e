import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { create } from 'zustand';
import { definitionOf } from '../../store/node-definitions';
import { FormContext, type NodeFormContext } from './form-context';
import { SchemaForm } from './SchemaForm';

const COLUMNS = [
  { name: 'PRICE', type: 'NUMBER(12,2)', nullable: false },
  { name: 'STATUS', type: 'VARCHAR(1)', nullable: true },
  { name: 'PLACED', type: 'DATE', nullable: true },
];

function setUp(type: string, config: Record<string, unknown>, context: Partial<NodeFormContext> = {}) {
  const definition = definitionOf(type);
  if (!definition) throw new Error(`There is no ${type}.`);
  const written: { config: Record<string, unknown>; field: string }[] = [];
  const useConfig = create(() => config);
  const value: NodeFormContext = {
    nodeId: 'n1',
    readOnly: false,
    columns: () => COLUMNS,
    problemAt: () => undefined,
    ...context,
  };
  function Harness() {
    const current = useConfig();
    return (
      <QueryClientProvider client={new QueryClient()}>
        <FormContext value={value}>
          {definition && (
            <SchemaForm
              definition={definition}
              config={current}
              onChange={(next, field) => {
                written.push({ config: next, field });
                useConfig.setState(next, true);
              }}
              onLeave={() => undefined}
            />
          )}
        </FormContext>
      </QueryClientProvider>
    );
  }
  render(<Harness />);
  return {
    user: userEvent.setup(),
    last: () => written.at(-1)?.config,
    written,
    replace: (next: Record<string, unknown>) => act(() => useConfig.setState(next, true)),
  };
}

describe('the form of a node', () => {
  it('builds a condition from columns, operators and a typed value', async () => {
    const { user, last } = setUp('shape.filter', { match: 'all' });
    await user.click(screen.getByRole('button', { name: 'Add condition' }));
    await user.selectOptions(screen.getByLabelText('Column'), 'PRICE');
    await user.selectOptions(screen.getByLabelText('Operator'), 'gte');
    await user.type(screen.getByLabelText('Value'), '100.5');
    expect(last()).toEqual({ match: 'all', conditions: [{ column: 'PRICE', operator: 'gte', value: 100.5 }] });
  });

  it('asks for no value where the operator takes none, and for two where it takes two', async () => {
    const { user, last } = setUp('shape.filter', {
      match: 'all',
      conditions: [{ column: 'PLACED', operator: 'isNull' }],
    });
    expect(screen.queryByLabelText('Value')).toBeNull();
    await user.selectOptions(screen.getByLabelText('Operator'), 'between');
    const from = screen.getByLabelText('From');
    expect(from.getAttribute('type')).toBe('date');
    await user.type(from, '1994-01-01');
    await user.type(screen.getByLabelText('To'), '1994-12-31');
    expect(last()).toEqual({
      match: 'all',
      conditions: [{ column: 'PLACED', operator: 'between', value: ['1994-01-01', '1994-12-31'] }],
    });
  });

  it('reads a list from lines', async () => {
    const { user, last } = setUp('shape.filter', {
      match: 'all',
      conditions: [{ column: 'PRICE', operator: 'in' }],
    });
    await user.type(screen.getByLabelText('Value'), '1{Enter}2{Enter}3');
    expect(last()).toMatchObject({ conditions: [{ value: [1, 2, 3] }] });
  });

  it('takes an emptied optional field out of the config', async () => {
    const { user, last } = setUp('shape.limit', { rows: 10, offset: 5 });
    const offset = screen.getAllByRole('spinbutton')[1];
    if (!offset) throw new Error('There is no second number.');
    await user.clear(offset);
    expect(last()).toEqual({ rows: 10 });
  });

  it('picks measures and group columns in the order they are chosen', async () => {
    const { user, last } = setUp('shape.aggregate', {});
    await user.click(screen.getByRole('button', { name: 'Add column' }));
    await user.click(await screen.findByRole('menuitem', { name: /STATUS/ }));
    await user.click(screen.getByRole('button', { name: 'Add measure' }));
    const measure = within(screen.getByRole('group', { name: 'Measures' }));
    await user.selectOptions(measure.getByLabelText('Measure'), 'avg');
    await user.selectOptions(measure.getByLabelText(/Column/), 'PRICE');
    await user.type(measure.getByRole('textbox'), 'MEAN');
    expect(last()).toEqual({ groupBy: ['STATUS'], measures: [{ function: 'avg', column: 'PRICE', as: 'MEAN' }] });
  });

  it('keeps a column that is named but not there in sight', () => {
    setUp('shape.sort', { by: [{ column: 'GONE', direction: 'asc' }] });
    expect(screen.getByDisplayValue('GONE (not there)')).toBeTruthy();
  });

  it('lets a column be typed while the columns are not known', async () => {
    const { user, last } = setUp(
      'shape.sort',
      { by: [{ column: '', direction: 'asc' }] },
      { columns: () => undefined },
    );
    await user.type(screen.getByLabelText('Column'), 'ANY');
    expect(last()).toMatchObject({ by: [{ column: 'ANY' }] });
  });

  it('shows a problem at its field, in place of the hint', () => {
    setUp(
      'shape.sort',
      { by: [{ column: 'PRICE', direction: 'asc' }] },
      {
        problemAt: (path) =>
          path === 'by.0.column'
            ? { severity: 'error', code: 'UNKNOWN_COLUMN', path, message: 'There is no PRICE' }
            : undefined,
      },
    );
    const field = screen.getByLabelText('Column');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const description = document.getElementById(field.getAttribute('aria-describedby') ?? '');
    expect(description?.textContent).toBe('There is no PRICE');
  });

  it('hides what another field makes pointless', async () => {
    const { user } = setUp('shape.join', { how: 'inner', on: [] });
    expect(screen.getByRole('group', { name: 'Where they are equal' })).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Keep'), 'cross');
    expect(screen.queryByRole('group', { name: 'Where they are equal' })).toBeNull();
  });

  it('follows a config that was changed elsewhere, without writing it back', async () => {
    const { replace, written } = setUp('shape.limit', { rows: 10 });
    replace({ rows: 25 });
    expect(await screen.findByDisplayValue('25')).toBeTruthy();
    expect(written).toEqual([]);
  });

  it('offers to keep the rows in a scratch table, with what that means, and says at the field that a schema is missing', async () => {
    const { user, last } = setUp(
      'shape.filter',
      { materialiseAs: { database: 'DEMO' } },
      {
        problemAt: (path) =>
          path === 'materialiseAs.schema'
            ? { severity: 'error', code: 'INVALID_CONFIG', path, message: 'Choose a schema' }
            : undefined,
      },
    );
    const group = within(screen.getByRole('group', { name: 'Keep in a scratch table' }));
    group.getByText(/transient table that later statements read/);
    group.getByText('Choose a schema');
    await user.type(group.getByLabelText('Schema'), 'SCRATCH');
    expect(last()).toMatchObject({ materialiseAs: { database: 'DEMO', schema: 'SCRATCH' } });
    await user.clear(group.getByLabelText('Schema'));
    await user.clear(group.getByLabelText('Database'));
    expect(last()).not.toHaveProperty('materialiseAs');
  });
});
