import type { PipeTransform } from '@nestjs/common';
import { parseInput } from '@snowflow/contracts/dto/parse-input';
import type { ClassConstructor } from 'class-transformer';

/** Turns the payload of a message into the DTO of its operation, or refuses it with VALIDATION. */
export class InputPipe<Input extends object> implements PipeTransform<unknown, Input> {
  constructor(private readonly shape: ClassConstructor<Input>) {}

  transform(payload: unknown): Input {
    return parseInput(this.shape, payload);
  }
}
