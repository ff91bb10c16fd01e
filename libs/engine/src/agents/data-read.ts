/** Whether data of Snowflake has come near to a run's models: from then on nothing leaves the tenant without a person or a rule. */
export class DataRead {
  constructor(private read: boolean) {}

  get hasBeen(): boolean {
    return this.read;
  }

  mark(): void {
    this.read = true;
  }
}
