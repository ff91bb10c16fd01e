import { bodyOf, deploySchema, fieldOf, initialValues } from './deploy-form';

const session = { database: 'DEMO', schema: 'PUBLIC', warehouse: 'DEMO_WH' };
const parameters = [
  { name: 'least', type: 'number' as const },
  { name: 'all', type: 'boolean' as const },
  { name: 'word', type: 'string' as const },
];
const values = { ...initialValues('Revenue by nation, 2024!', session, parameters), timezone: 'Europe/Berlin' };

describe('The form of a deployment', () => {
  it('starts with a name that needs no quotes', () => {
    expect(values).toMatchObject({
      target: 'view',
      database: 'DEMO',
      schema: 'PUBLIC',
      name: 'REVENUE_BY_NATION_2024',
    });
    expect(initialValues('42 ways', session, []).name).toBe('WAYS');
  });

  it('sends what its target takes, and parameters by their type', () => {
    const name = { database: 'DEMO', schema: 'PUBLIC', name: 'REVENUE_BY_NATION_2024' };
    const filled = { ...values, parameters: { least: '7.5', all: 'false', word: '' } };
    expect(bodyOf(filled, parameters, 3)).toEqual({
      target: 'view',
      revision: 3,
      name,
      replace: false,
      secure: false,
      parameters: { least: 7.5, all: false },
    });
    expect(bodyOf({ ...values, target: 'sql' }, parameters, 3)).toEqual({ target: 'sql', revision: 3 });
    expect(bodyOf({ ...values, target: 'task' }, [], 3)).toEqual({
      target: 'task',
      revision: 3,
      name,
      warehouse: 'DEMO_WH',
      schedule: { cron: '0 6 * * *', timezone: 'Europe/Berlin' },
    });
    expect(bodyOf({ ...values, target: 'task', when: 'every' }, [], 3).schedule).toEqual({ everyMinutes: 60 });
  });

  it('needs a place and a name for all but a script', () => {
    const nowhere = { ...values, database: '', name: ' ' };
    expect(deploySchema.safeParse(nowhere).error?.issues.map(({ path }) => path[0])).toEqual(['database', 'name']);
    expect(deploySchema.safeParse({ ...nowhere, target: 'sql' }).success).toBe(true);
  });

  it('finds the field that the server speaks of', () => {
    expect(['name.schema', 'schedule.cron', 'parameters.least', 'replace'].map(fieldOf)).toEqual([
      'schema',
      'cron',
      'parameters.least',
      undefined,
    ]);
  });
});
