/** A column of a relation. `type` is Snowflake's spelling (`NUMBER(38,2)`, `VARCHAR(25)`, `TIMESTAMP_NTZ(9)`); a name is exactly as Snowflake has it. */
export interface Column {
  name: string;
  type: string;
  nullable: boolean;
}
