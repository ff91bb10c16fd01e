import { statsOf } from './statement-stats';

describe('The statistics of a statement', () => {
  it('are those that monitoring gives, waits and spills summed', () => {
    const stats = {
      compilationTime: 145,
      xpExecTime: 9_792,
      gsExecTime: 25,
      scanBytes: 4_644_879_984,
      producedRows: 7,
      scanFiles: 2,
      scanOriginalFiles: 291,
      queuedLoadTime: 1_479,
      queuedResumeTime: 453,
      ioLocalTempWriteBytes: 500,
      ioRemoteTempWriteBytes: 73,
    };
    expect(statsOf({ status: 'SUCCESS', warehouseExternalSize: 'X-Small', stats })).toEqual({
      compileMs: 145,
      executeMs: 9_792,
      bytesScanned: 4_644_879_984,
      rowsProduced: 7,
      partitionsScanned: 2,
      partitionsTotal: 291,
      queueMs: 1_932,
      bytesSpilled: 573,
      warehouseSize: 'X-Small',
    });
  });

  it('leave out what was not said, and what is no number', () => {
    expect(statsOf({})).toEqual({});
    expect(statsOf({ warehouseExternalSize: null, stats: null })).toEqual({});
    const odd = { scanBytes: '12', producedRows: -1, xpExecTime: 1.5, scanFiles: null, queuedLoadTime: 3 };
    expect(statsOf({ warehouseExternalSize: '', stats: odd })).toEqual({ queueMs: 3 });
  });
});
