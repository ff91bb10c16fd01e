import { applyDecorators, UseFilters, UsePipes } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { Operation } from '@snowflow/contracts/rpc/service-contract';
import { AppErrorFilter } from './app-error.filter';
import { InputPipe } from './input.pipe';

/**
 * Makes a controller method the handler of an operation: it gets the operation's input as a validated DTO, and its AppErrors reach
 * the caller as they are. A method with another input or reply than the contract's does not compile.
 */
export function Handle<Input extends object, Reply>(operation: Operation<Input, Reply>) {
  const decorate = applyDecorators(
    MessagePattern(operation.pattern),
    UsePipes(new InputPipe(operation.input)),
    UseFilters(AppErrorFilter),
  );
  return <Method extends (input: Input) => Promise<Reply>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => decorate(target, key, descriptor);
}
