/**
 * Decides which edits make one undo step: edits under the same key in a row (typing in one field, one drag, one
 * burst of arrow keys) are one. The step is what stood before the first of them.
 */
export class EditBurst {
  private current: string | undefined;
  private next: string | undefined;

  /** Names the edit that comes next; without a key it stands alone. */
  announce(key?: string): void {
    this.next = key;
  }

  /** Whether the announced edit starts an undo step. */
  startsStep(): boolean {
    const continues = this.next !== undefined && this.next === this.current;
    this.current = this.next;
    this.next = undefined;
    return !continues;
  }

  /** The next edit starts a step whatever its key: a field was left, a drag ended, something was undone. */
  end(): void {
    this.current = undefined;
  }
}
