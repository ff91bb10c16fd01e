import type { ClassConstructor } from 'class-transformer';

/**
 * One question a service answers.
 * - `read` may be delivered again when the replica that took it dies; it must have no effect.
 * - `write` is delivered once; when the replica dies the caller hears OUTCOME_UNKNOWN. With an idempotency key in the envelope it may be
 *   delivered again, and the handler applies it once in its own transaction.
 */
export interface Operation<Input extends object, Reply> {
  readonly pattern: string;
  readonly kind: 'read' | 'write';
  readonly deadlineMs: number;
  /** The request is sealed before it enters Redis: it carries secrets, SQL, binds or parameters. */
  readonly sealed: boolean;
  readonly input: ClassConstructor<Input>;
  /** Only its type is used. */
  readonly reply?: Reply;
}

export type AnyOperation = Operation<object, unknown>;

type OperationDraft<Input extends object, Reply> = Omit<Operation<Input, Reply>, 'pattern'>;
interface OperationOptions {
  deadlineMs?: number;
  sealed?: boolean;
}

const DEFAULT_DEADLINE_MS = 10_000;

/** A question without an effect. Give the reply's type as `read<Reply>()(Input)`. */
export function read<Reply>() {
  return <Input extends object>(
    input: ClassConstructor<Input>,
    options: OperationOptions = {},
  ): OperationDraft<Input, Reply> => ({
    kind: 'read',
    input,
    deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
    sealed: options.sealed ?? false,
  });
}

/** A question with an effect. */
export function write<Reply>() {
  return <Input extends object>(
    input: ClassConstructor<Input>,
    options: OperationOptions = {},
  ): OperationDraft<Input, Reply> => ({
    kind: 'write',
    input,
    deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
    sealed: options.sealed ?? false,
  });
}

/** Names a service and what it answers; the pattern of operation `save` of `workflow` is `workflow.save`. */
export function defineService<const Drafts extends Record<string, OperationDraft<object, unknown>>>(
  service: string,
  drafts: Drafts,
) {
  const operations = Object.fromEntries(
    Object.entries(drafts).map(([verb, draft]) => [verb, { ...draft, pattern: `${service}.${verb}` }]),
  );
  return { service, operations: operations as { [Verb in keyof Drafts]: Drafts[Verb] & { pattern: string } } };
}

type InputOf<Op> = Op extends { input: ClassConstructor<infer Input> } ? Input : never;
type ReplyOf<Op> = Op extends { reply?: infer Reply } ? NonNullable<Reply> | Extract<Reply, null | void> : never;

/** What a caller sends: a plain object of the input's shape. */
export type Plain<T> = { [Key in keyof T]: T[Key] };

/** Options of one call. `idempotencyKey` makes a write safe to deliver again. */
export interface CallOptions {
  idempotencyKey?: string;
  deadlineMs?: number;
}

/** The typed client of a service: one method per operation, built by the transport. */
export type ServiceClient<Contract extends { operations: object }> = {
  [Verb in keyof Contract['operations']]: (
    input: Plain<InputOf<Contract['operations'][Verb]>>,
    options?: CallOptions,
  ) => Promise<ReplyOf<Contract['operations'][Verb]>>;
};

/** What a service's RPC controllers must have between them: a missing handler or a wrong DTO is a compile error. */
export type ServiceHandlers<Contract extends { operations: object }> = {
  [Verb in keyof Contract['operations']]: (
    input: InputOf<Contract['operations'][Verb]>,
  ) => Promise<ReplyOf<Contract['operations'][Verb]>>;
};
