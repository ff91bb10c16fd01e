import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dialect, init, parse } from '@polyglot-sql/sdk';
import type { Column } from '@snowflow/contracts/documents/column';
import fc from 'fast-check';
import { z } from 'zod';
import { actionNodes, sqlNodes, stepNodes } from '../composers';
import { definitions } from '../definitions';
import type { NodeLineage } from './lineage';
import { allOf, madeOf } from './lineage-sources';
import type { CheckContext, Knowledge, NodeDefinition } from './node-definition';
import { portsOf } from './node-ports';
import { commonSettings } from './node-settings';
import { namesOf } from './relations';
import { columnsNamed } from './sql/columns-named';
import { quoteIdentifier } from './sql/quote-identifier';
import { BoundStatement, renderBinds } from './sql/render';
import { identifier, trusted } from './sql/sql-fragment';
import { readTokens } from './sql/sql-tokens';
import type { Inputs, Needed, Relation } from './sql-node';

/** What a node's spec tells the suite besides the type. */
export interface ConformanceCase {
  /** The folder with the node's help: `__dirname`. */
  folder: string;
  /** The columns that reach the node's inputs in its examples. */
  input?: readonly Column[];
  /** What is known of the source or target. */
  known?: Knowledge;
  /** A config with a name that tries to break out of its quotes, wherever the node takes one. */
  hostileNames?: (name: string) => unknown;
  /** A config with a value that tries to break out, wherever the node takes one. */
  hostileValues?: (value: string) => unknown;
}

/** None starts with a quote: the parser, not Snowflake, takes three in a row for a kind of text. */
const HOSTILE = ['a"; drop table x; --', 'a"', "it's", 'x" OR "1"="1', '*/', '?', '{{ parameters.x }}'];

/** What every node type keeps to. Each node's spec runs it, then adds its own cases. */
export function conformance(type: string, given: ConformanceCase): void {
  const definition = definitions.get(type);
  if (!definition) throw new Error(`${type} is not in definitions.ts`);

  describe(`${type} as a node type`, () => {
    beforeAll(() => init());

    it('is complete: title, description, icon, examples, unlike ports', () => {
      expect(definition.title).toMatch(/\S/);
      expect(definition.description).toMatch(/\.$/);
      expect(definition.icon).toMatch(/^[a-z0-9-]+$/);
      expect(type.startsWith(`${definition.group}.`)).toBe(true);
      expect(definition.examples.length).toBeGreaterThan(0);
      const ports = [...definition.inputs, ...definition.outputs].map((port) => port.id);
      expect(new Set(ports).size).toBe(ports.length);
    });

    it('has help that starts with a heading and says how to use it', () => {
      const file = join(given.folder, `${type.replace('.', '-')}.md`);
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, 'utf8')).toMatch(/^# \S.*\n\n\S/);
    });

    it('has a schema from which a form and documentation can be made', () => {
      const schema = z.toJSONSchema(definition.config, { io: 'input' });
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      const fields: Record<string, unknown> = schema.properties ?? {};
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(commonSettings)));
      for (const [name, field] of Object.entries(fields)) expect([name, field]).toEqual([name, HAS_LABEL]);
    });

    it('parses its examples and keeps them as they are', () => {
      for (const { config } of definition.examples) expect(definition.config.parse(config)).toEqual(config);
    });

    it('refuses a setting it does not know', () => {
      const [example] = definition.examples;
      const parsed = definition.config.safeParse({ ...(example?.config as object), unheardOf: 1 });
      expect(parsed.error?.issues).toEqual([expect.objectContaining({ code: 'unrecognized_keys' })]);
    });

    it('summarises any half-filled config in one line', () => {
      const keys = [
        ...Object.keys((definition.examples[0]?.config as object) ?? {}),
        'columns',
        'by',
        'on',
        'measures',
      ];
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()), (config) => {
          const line = definition.summary(config);
          expect(line.length).toBeGreaterThan(0);
          expect(line).not.toMatch(/\n|\[object/);
        }),
      );
      expect(definition.summary({})).toMatch(/\S/);
    });

    it('finds nothing wrong with its examples', () => {
      for (const { config } of definition.examples)
        expect(definition.check(config, contextOf(definition, given))).toEqual([]);
    });

    it('composes SQL that a parser reads, with as many binds as placeholders and the columns it promises', () => {
      for (const { config } of definition.examples) {
        if (!stepNodes.has(type) && actionNodes.has(type) && !actionNodes.get(type)?.statement) continue;
        const statement = composed(definition, config, given);
        expectSound(statement);
        const [columns] = Object.values(definition.outputColumns(config, contextOf(definition, given)));
        if (sqlNodes.has(type)) expect(columnsIn(statement.sql)).toEqual(namesOf(columns ?? []));
      }
    });

    if (sqlNodes.has(type)) {
      it('says of every column it gives where it comes from, and names nothing that does not reach it', () => {
        for (const { config } of definition.examples) {
          const context = contextOf(definition, given, config);
          const { columns, rows } = lineageOf(definition, config, context);
          expect([...columns.keys()]).toEqual(namesOf(columnsGiven(definition, config, given)));
          const sources = [rows, ...columns.values()].flatMap(allOf);
          for (const source of sources) {
            if (source.kind === 'column') expect(namesOf(given.input ?? [])).toContain(source.column);
            if ('port' in source) expect(Object.keys(context.inputs)).toContain(source.port);
          }
        }
      });
    }

    if (sqlNodes.get(type)?.columnsNeeded) {
      it('gives at least what is needed of it, and reads nothing but what it says it needs', () => {
        for (const { config } of definition.examples) {
          const columns = columnsGiven(definition, config, given);
          const some = fc.subarray(namesOf(columns), { minLength: 1 });
          fc.assert(
            fc.property(some, fc.boolean(), (names, order) => {
              const needed: Needed = { columns: new Set(names), order };
              const inputs = inputsOf(definition, config, given);
              const needs = sqlNodes.get(type)?.columnsNeeded?.(config, inputs, { columns, needed }) ?? {};
              const statement = composed(definition, config, given, needed);
              expectSound(statement);
              expect(columnsIn(statement.sql)).toEqual(expect.arrayContaining(names));
              const read = Object.values(needs).flatMap((ofPort) => ofPort.flatMap((one) => [...one.columns]));
              expect([...names, ...read]).toEqual(expect.arrayContaining(columnsRead(statement.sql, given)));
            }),
          );
        }
      });
    }

    const { hostileNames, hostileValues } = given;
    if (hostileNames) {
      it.each(HOSTILE)('keeps the name %s inside quotes', (name) => {
        const columns = [...(given.input ?? []), { name, type: 'VARCHAR(10)', nullable: true }];
        const known: Knowledge = { state: 'found', columns };
        const statement = composed(definition, definition.config.parse(hostileNames(name)), {
          ...given,
          input: columns,
          known,
        });
        expectSound(statement);
        expect(statement.sql).toContain(quoteIdentifier(name));
      });
    }
    if (hostileValues) {
      it.each(HOSTILE.filter((value) => !value.startsWith('{{')))('takes the value %s as a bind', (value) => {
        const statement = composed(definition, definition.config.parse(hostileValues(value)), given);
        expectSound(statement);
        expect(statement.binds).toContain(value);
      });
    }
  });
}

const HAS_LABEL = expect.objectContaining({ ui: expect.objectContaining({ label: expect.any(String) }) });

/** Without a parser: a query gives the columns that it was described with. */
function lineageOf(definition: NodeDefinition, config: unknown, context: CheckContext): NodeLineage {
  const nothing = madeOf([]);
  const readQuery = () => ({ columns: (names: readonly string[]) => names.map(() => nothing), rows: nothing });
  if (!definition.lineage) throw new Error(`${definition.type} says nothing of its lineage`);
  return definition.lineage(config, { ...context, readQuery });
}

function contextOf(
  definition: NodeDefinition,
  given: ConformanceCase,
  config: unknown = definition.examples[0]?.config,
): CheckContext {
  const ports = portsOf(definition, (config ?? {}) as Record<string, unknown>);
  const inputs = Object.fromEntries(ports.inputs.map((port) => [port.id, [given.input]]));
  return { inputs, kinds: {}, parameters: [], known: given.known };
}

const relation = (name: string, { input = [] }: ConformanceCase): Relation => ({
  from: identifier(name),
  columns: input,
  hidden: [],
  order: [],
});

function inputsOf(definition: NodeDefinition, config: unknown, given: ConformanceCase): Inputs {
  const ports = portsOf(definition, config as Record<string, unknown>);
  return Object.fromEntries(ports.inputs.map((port) => [port.id, [relation(`in_${port.id}`, given)]]));
}

function columnsGiven(definition: NodeDefinition, config: unknown, given: ConformanceCase): readonly Column[] {
  return Object.values(definition.outputColumns(config, contextOf(definition, given)))[0] ?? [];
}

function composed(
  definition: NodeDefinition,
  config: unknown,
  given: ConformanceCase,
  needed?: Needed,
): BoundStatement {
  const node = sqlNodes.get(definition.type);
  const context = { columns: columnsGiven(definition, config, given), parameters: [], ...(needed ? { needed } : {}) };
  if (node) return renderBinds(node.compose(config, inputsOf(definition, config, given), context).query);
  const step = stepNodes.get(definition.type) ?? actionNodes.get(definition.type);
  if (!step?.statement) throw new Error(`${definition.type} is not in composers.ts`);
  const prelude = trusted('WITH "in_in" AS (SELECT 1)\n');
  const targetExists = given.known?.state === 'found';
  return renderBinds(
    step.statement(config, { prelude, input: relation('in_in', given), parameters: [], targetExists }),
  );
}

/** One statement that parses, whose placeholders are its binds. */
function expectSound({ sql, binds }: BoundStatement): void {
  const result = parse(sql, Dialect.Snowflake);
  expect(result.error ?? '').toBe('');
  expect(result.ast).toHaveLength(1);
  expect(readTokens(sql).filter((token) => token.text === '?')).toHaveLength(binds.length);
}

/** Names of the input that stand in a statement, but for those it gives its own columns. */
function columnsRead(sql: string, { input = [] }: ConformanceCase): string[] {
  return columnsNamed(sql.replaceAll(/ AS "(?:[^"]|"")+"/g, '').replaceAll('(*)', '()'), input);
}

/** The columns of a query by the parser's reading. */
function columnsIn(sql: string): string[] {
  const result = parse(sql, Dialect.Snowflake);
  const [statement] = (Array.isArray(result.ast) ? result.ast : []) as Record<string, { expressions?: unknown[] }>[];
  return (statement?.select?.expressions ?? []).map((item) => {
    const { alias, column } = item as Record<string, { alias?: { name: string }; name?: { name: string } } | undefined>;
    return alias?.alias?.name ?? column?.name?.name ?? '';
  });
}
