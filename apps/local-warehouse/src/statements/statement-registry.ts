import type { ResultFiles } from '../results/result-files';
import type { Statement } from './statement';

const keptMs = 24 * 3_600_000;
const keptStatements = 20_000;
const headBudgetBytes = 24 * 1024 * 1024;
/** Heads smaller than this stay in memory: a file for each would cost more. */
const smallHead = 4096;

/** An account's statements, by query id and by request id: a day's worth, or the latest ones when there are too many. */
export class StatementRegistry {
  private readonly byQueryId = new Map<string, Statement>();
  private readonly byRequestId = new Map<string, Statement>();
  private headBytes = 0;
  private readonly largeHeads = new Set<Statement>();

  constructor(private readonly files: ResultFiles) {}

  add(statement: Statement): void {
    this.byQueryId.set(statement.queryId, statement);
    this.byRequestId.set(statement.request.requestId, statement);
    this.forgetOld();
  }

  find(queryId: string): Statement | undefined {
    return this.byQueryId.get(queryId);
  }

  findByRequest(requestId: string): Statement | undefined {
    return this.byRequestId.get(requestId);
  }

  newestFirst(): Statement[] {
    return [...this.byQueryId.values()].reverse();
  }

  /** Keeps the heads of results within a budget by moving the oldest large ones to files. */
  async keepResult(statement: Statement): Promise<void> {
    const size = statement.result?.head.length ?? 0;
    if (size < smallHead) return;
    this.largeHeads.add(statement);
    this.headBytes += size;
    for (const oldest of this.largeHeads) {
      if (this.headBytes <= headBudgetBytes) return;
      await this.moveHead(oldest);
    }
  }

  private async moveHead(statement: Statement): Promise<void> {
    const { result } = statement;
    if (!this.largeHeads.delete(statement) || !result) return;
    this.headBytes -= result.head.length;
    await this.files.writeHead(statement.queryId, result.head);
    statement.headInFile = true;
    statement.result = { ...result, head: '' };
  }

  private forgetOld(): void {
    const before = Date.now() - keptMs;
    for (const statement of this.byQueryId.values()) {
      if (this.byQueryId.size <= keptStatements && statement.submittedAt > before) return;
      if (statement.status === 'RUNNING') return;
      this.forget(statement);
    }
  }

  private forget(statement: Statement): void {
    this.byQueryId.delete(statement.queryId);
    if (this.byRequestId.get(statement.request.requestId) === statement)
      this.byRequestId.delete(statement.request.requestId);
    if (this.largeHeads.delete(statement)) this.headBytes -= statement.result?.head.length ?? 0;
    if (statement.headInFile || statement.result?.chunks.length) {
      void this.files.remove(statement.queryId, statement.result?.chunks.length ?? 0);
    }
  }
}
