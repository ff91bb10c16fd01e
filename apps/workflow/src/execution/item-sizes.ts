import { AppError } from '@snowflow/contracts/errors/app-error';
import { type CallEnd, resultOf } from '@snowflow/nodes/kit/workflow-calls';

/** How long what a map's items gave is together, those that ended under earlier workers included. */
export class ItemSizes {
  private readonly ended = new Set<number>();
  /** The brackets of the list. */
  private characters = 2;

  constructor(
    private readonly node: string,
    private readonly count: number,
    private readonly most: number,
  ) {}

  /** LOOP_TOO_LARGE where this item makes it too long; each item counts once. */
  refusal(index: number, end: CallEnd): AppError | undefined {
    if (!this.ended.has(index)) {
      const comma = this.ended.size > 0 ? 1 : 0;
      this.characters += JSON.stringify(resultOf(end)).length + comma;
      this.ended.add(index);
    }
    if (this.characters <= this.most) return undefined;
    const left = this.count > this.ended.size ? ', so no other item was begun' : '';
    return new AppError(
      'LOOP_TOO_LARGE',
      `The results of the node “${this.node}” are larger than ${this.most / 1024} KiB together after ${this.ended.size} of ${this.count} items${left}. ` +
        'Let the called workflow give less or write to a table, or go through fewer items, and run it anew.',
    );
  }
}
