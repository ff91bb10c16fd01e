import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { create } from 'zustand';
import { definitionOf } from '../../../store/node-definitions';
import { FormContext, type NodeFormContext } from '../form-context';
import { SchemaForm } from '../SchemaForm';

type Config = Record<string, unknown>;

function setUp(type: string, config: Config, problems: Record<string, string> = {}) {
  const definition = definitionOf(type);
  if (!definition) throw new Error(`There is no ${type}.`);
  const useConfig = create(() => config);
  const context: NodeFormContext = {
    nodeId: 'n1',
    readOnly: false,
    columns: () => [{ name: 'N', type: 'NUMBER(38,0)', nullable: true }],
    problemAt: (path) =>
      problems[path] === undefined
        ? undefined
        : { severity: 'error', code: 'TYPE_MISMATCH', path, message: problems[path] },
  };
  const client = new QueryClient();
  function Harness() {
    return (
      <QueryClientProvider client={client}>
        <FormContext value={context}>
          {definition && (
            <SchemaForm
              definition={definition}
              config={useConfig()}
              onChange={(next) => useConfig.setState(next, true)}
              onLeave={() => undefined}
            />
          )}
        </FormContext>
      </QueryClientProvider>
    );
  }
  render(<Harness />);
  return { user: userEvent.setup(), config: () => useConfig.getState() };
}

const table = {
  columns: [
    { name: 'NAME', type: 'VARCHAR' },
    { name: 'COUNT', type: 'NUMBER(38,0)' },
  ],
  rows: [
    ['a', 1],
    ['b', null],
  ],
};

describe('the grid of values', () => {
  it('takes pasted rows with their names and types', async () => {
    const { user, config } = setUp('source.values', table);
    await user.click(screen.getByLabelText('Rows to paste'));
    await user.paste('Region\tTarget\nEUROPE\t1.5\nASIA\t');
    expect(config()).toEqual({
      columns: [
        { name: 'REGION', type: 'VARCHAR' },
        { name: 'TARGET', type: 'NUMBER(38,1)' },
      ],
      rows: [
        ['EUROPE', 1.5],
        ['ASIA', null],
      ],
    });
  });

  it('reads rows that were typed', async () => {
    const { user, config } = setUp('source.values', table);
    await user.type(screen.getByLabelText('Rows to paste'), 'x,y');
    await user.click(screen.getByRole('button', { name: 'Read rows' }));
    expect(config()).toMatchObject({ rows: [['x', 'y']] });
  });

  it('writes a cell as its column’s type, and an emptied one as NULL', async () => {
    const { user, config } = setUp('source.values', table);
    await user.type(screen.getByLabelText('COUNT, row 2'), '12');
    await user.clear(screen.getByLabelText('NAME, row 1'));
    expect(config().rows).toEqual([
      [null, 1],
      ['b', 12],
    ]);
  });

  it('goes down by Enter, and adds and removes rows and columns', async () => {
    const { user, config } = setUp('source.values', table);
    await user.click(screen.getByLabelText('COUNT, row 1'));
    await user.keyboard('{Enter}5');
    await user.click(screen.getByRole('button', { name: 'Add row' }));
    await user.click(screen.getByRole('button', { name: 'Add column' }));
    await user.click(screen.getByRole('button', { name: 'Remove row 1' }));
    await user.click(screen.getByRole('button', { name: 'Remove column NAME' }));
    expect(config()).toEqual({
      columns: [
        { name: 'COUNT', type: 'NUMBER(38,0)' },
        { name: 'C3', type: 'VARCHAR' },
      ],
      rows: [
        [5, null],
        [null, null],
      ],
    });
  });

  it('says of a cell what is wrong with it', () => {
    setUp('source.values', table, { 'rows.0.1': 'needs a number' });
    expect(screen.getByLabelText('COUNT, row 1: needs a number').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('a list of names', () => {
  it('is added to by Enter and loses what is removed', async () => {
    const { user, config } = setUp('shape.sql', { inputs: ['input'], sql: 'SELECT 1' });
    await user.type(screen.getByLabelText('Inputs: new name'), 'orders{Enter}');
    await user.click(screen.getByRole('button', { name: 'Remove input' }));
    expect(config()).toMatchObject({ inputs: ['orders'] });
  });
});

describe('a value of a pivot', () => {
  it('is typed like the column that is turned', async () => {
    const { user, config } = setUp('shape.pivot', { column: 'N', values: [{}] });
    await user.type(screen.getByLabelText('Value'), '7');
    expect(config()).toMatchObject({ values: [{ value: 7 }] });
  });
});
