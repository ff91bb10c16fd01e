import { ArgumentMetadata, Injectable, PipeTransform, Type } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { isStorable } from '@snowflow/contracts/dto/storable-text';
import { parseInput } from '@snowflow/contracts/dto/parse-input';

const BUILT_IN = new Set<unknown>([String, Number, Boolean, Array, Object]);

/** Turns bodies, queries and parameters into their DTO classes, and refuses what the classes don't know. No body counts as an empty one. */
@Injectable()
export class DtoPipe implements PipeTransform {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'param' && typeof value === 'string' && !isStorable(value)) throw nothingThere();
    if (type === 'query' && typeof value === 'string') refuseBroken({ [data ?? type]: value });
    if (type === 'custom' || metatype === undefined || BUILT_IN.has(metatype)) return value;
    refuseBroken(value);
    return parseInput(metatype as Type<object>, value ?? {});
  }
}

const nothingThere = () =>
  new AppError('NOT_FOUND', 'Nothing is at this address: no name has a broken character in it.');

/** No name or search has one, and nothing keeps it as it is. */
function refuseBroken(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const path = Object.entries(value).find(([, text]) => typeof text === 'string' && !isStorable(text))?.[0];
  if (path === undefined) return;
  const message = 'There is a broken character in it: a NUL, or half of a surrogate pair';
  throw new AppError('VALIDATION', `The request is not valid. ${path}: ${message}`, { errors: [{ path, message }] });
}
