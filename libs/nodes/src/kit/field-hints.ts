/**
 * How the inspector shows a config field. A schema carries it as zod metadata: `z.string().meta({ ui: { widget: 'column', label: 'Column' } })`.
 * The form is made from the schema's shape (object, array, enum, string, number, boolean) and these hints; React never enters this library.
 */
export interface FieldHint {
  label?: string;
  hint?: string;
  placeholder?: string;
  /**
   * - `column`: pick one column of the input named by `port` (default: the only input)
   * - `columns`: pick several
   * - `expression`: one Snowflake scalar expression, mono, columns offered
   * - `sql`: a statement, in the SQL editor
   * - `database` | `schema` | `table`: pick from the catalog
   * - `value`: a scalar whose editor follows the operator and the column beside it
   * - `grid`: the cells of a small table, beside a field `columns` of their names and types; rows can be pasted
   * - `names`: a list of short names
   * - `segmented`: an enum of 2 to 4 as a segmented control
   * - `model`: the name of a model, with those that are known offered
   * - `workflow`: pick one of the person's saved workflows
   * - `revision`: the published revision of the workflow beside it, or a number
   * - `parameters`: a value for each parameter of the workflow beside it
   * - `hidden`: not shown
   */
  widget?:
    | 'text'
    | 'textarea'
    | 'column'
    | 'columns'
    | 'expression'
    | 'sql'
    | 'database'
    | 'schema'
    | 'table'
    | 'value'
    | 'grid'
    | 'names'
    | 'segmented'
    | 'model'
    | 'workflow'
    | 'revision'
    | 'parameters'
    | 'hidden';
  /** The input whose columns are offered; `self`: those of the node's own source. */
  port?: string;
  /** Of a `value`: the config's field that names the column whose type it takes; without it the `column` beside it. */
  typedBy?: string;
  /** Label of the button that adds an item to an array. */
  addLabel?: string;
  /** What each value of an enum is called. */
  options?: Record<string, string>;
  /** Shown with the settings that every node has, not with the node's own fields. */
  advanced?: boolean;
  /** Shown only when a sibling field has one of these values; `/name` is a field of the config itself. */
  visibleWhen?: { field: string; in: readonly unknown[] };
  /** Has to be filled in where it is shown, though the schema allows it to be absent for where it is not. */
  needed?: boolean;
}

declare module 'zod' {
  interface GlobalMeta {
    ui?: FieldHint;
  }
}
