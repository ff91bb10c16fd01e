import type { Column } from '@snowflow/contracts/documents/column';
import { nearest } from '@snowflow/nodes/kit/nearest';
import { partsOf } from './vocabulary';

type Known = Pick<Column, 'name' | 'type'>;

/** The columns that reach the next step of what is drawn, and what of the request named none of them. */
export class KnownColumns {
  readonly missing: string[] = [];

  constructor(private columns: readonly Known[]) {}

  get all(): readonly Known[] {
    return this.columns;
  }

  /** The column as it is stored; undefined where there is none, which is remembered. */
  find(written: string): Known | undefined {
    const name = partsOf(written).at(-1) ?? '';
    const found = this.has(name);
    if (!found) this.missing.push(this.sentence(name));
    return found;
  }

  names(written: readonly string[]): string[] {
    return written.flatMap((one) => this.find(one)?.name ?? []);
  }

  has(written: string): Known | undefined {
    const name = (partsOf(written).at(-1) ?? '').toUpperCase();
    return this.columns.find((one) => one.name.toUpperCase() === name);
  }

  become(columns: readonly Known[]): void {
    this.columns = columns;
  }

  private sentence(name: string): string {
    const near = nearest(
      name,
      this.columns.map((one) => one.name),
    );
    return `“${name}” is no column at that step${near === undefined ? '' : `; did you mean ${near}?`}`;
  }
}
