import { ArgumentMetadata, Injectable, PipeTransform, Type } from '@nestjs/common';
import { parseInput } from '@snowflow/contracts/dto/parse-input';

const BUILT_IN = new Set<unknown>([String, Number, Boolean, Array, Object]);

/** Turns bodies, queries and parameters into their DTO classes, and refuses what the classes don't know. No body counts as an empty one. */
@Injectable()
export class DtoPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === undefined || BUILT_IN.has(metatype)) return value;
    return parseInput(metatype as Type<object>, value ?? {});
  }
}
