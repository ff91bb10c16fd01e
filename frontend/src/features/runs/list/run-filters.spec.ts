import { RUN_STATUSES } from '@snowflow/contracts/runs/run-state';
import * as fc from 'fast-check';
import { filtersOf, paramsOf } from './run-filters';

const anyFilters = fc.record({
  status: fc.constantFrom(null, ...RUN_STATUSES),
  workflowId: fc.option(fc.string({ minLength: 1 })),
});

describe('The filters of the list of runs', () => {
  it('come back from the address they were put into', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(filtersOf(new URLSearchParams(paramsOf(filters).toString()))).toEqual(filters);
      }),
    );
  });

  it('leave nothing in the address where they filter nothing', () => {
    expect(paramsOf({ status: null, workflowId: null }).toString()).toBe('');
  });

  it('do not take over a status that there is none of', () => {
    expect(filtersOf(new URLSearchParams('status=finished&workflow='))).toEqual({ status: null, workflowId: null });
  });
});
