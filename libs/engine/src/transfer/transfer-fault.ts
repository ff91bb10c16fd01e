/** What a file is refused for. `path` is where in it, or empty; line and column count from 1. */
export interface FaultAt {
  path: string;
  message: string;
  line?: number;
  column?: number;
}

/** A file that is not imported, with all that is wrong with it. */
export class TransferFault extends Error {
  constructor(readonly faults: readonly FaultAt[]) {
    super(faults[0]?.message ?? 'The file can’t be imported');
    this.name = 'TransferFault';
  }
}

export const refuse = (path: string, message: string): TransferFault => new TransferFault([{ path, message }]);
