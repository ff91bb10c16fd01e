import { applyDecorators } from '@nestjs/common';
import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ClassConstructor, Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  ArrayMaxSize,
} from 'class-validator';

interface Common {
  optional?: boolean;
  nullable?: boolean;
  description?: string;
  example?: unknown;
}

/** Null counts as left out where a field may be left out and is nowhere null: no service is asked to keep it. */
const presence = ({ optional, nullable }: Common): PropertyDecorator[] => {
  if (nullable) return [IsOptional()];
  return optional ? [IsOptional(), Transform(({ value }: { value: unknown }) => value ?? undefined)] : [];
};
const documented = ({ optional, nullable, description, example }: Common) => ({
  required: !optional,
  nullable: nullable ?? false,
  description,
  example,
});

/** A string of `min` (default 1) to `max` (default 255) characters. `secret` marks it write-only in OpenAPI. */
export function Text(
  options: Common & { min?: number; max?: number; pattern?: RegExp; secret?: boolean } = {},
): PropertyDecorator {
  const { min = 1, max = 255, pattern, secret } = options;
  return applyDecorators(
    ...presence(options),
    IsString(),
    MinLength(min),
    MaxLength(max),
    ...(pattern ? [Matches(pattern)] : []),
    ApiProperty({
      ...documented(options),
      type: String,
      minLength: min,
      maxLength: max,
      pattern: pattern?.source,
      ...(secret ? { writeOnly: true, format: 'password' } : {}),
    }),
  );
}

/** A whole number; query strings are converted. */
export function Whole(options: Common & { min?: number; max?: number; default?: number } = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  return applyDecorators(
    ...presence(options),
    Type(() => Number),
    IsInt(),
    Min(min),
    Max(max),
    ApiProperty({ ...documented(options), type: 'integer', minimum: min, maximum: max, default: options.default }),
  );
}

/** A number that may have a fraction, from 0. */
export function Amount(options: Common = {}): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(0),
    ApiProperty({ ...documented(options), type: 'number', minimum: 0 }),
  );
}

/** true or false. */
export function Flag(options: Common = {}): PropertyDecorator {
  return applyDecorators(...presence(options), IsBoolean(), ApiProperty({ ...documented(options), type: Boolean }));
}

/** One of a fixed list of strings. */
export function OneOf(values: readonly string[], options: Common = {}): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsIn([...values]),
    ApiProperty({ ...documented(options), type: String, enum: [...values] }),
  );
}

/** An object whose shape another parser decides (a workflow document, parameters). */
export function FreeObject(options: Common = {}): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsObject(),
    ApiProperty({
      ...documented(options),
      required: undefined,
      selfRequired: !options.optional,
      type: 'object',
      additionalProperties: true,
    }),
  );
}

/** A word of a fixed list, or an object of one of several shapes; which, another parser decides. */
export function WordOrObject(
  words: readonly string[],
  shapes: ClassConstructor<object>[],
  options: Common = {},
): PropertyDecorator {
  return applyDecorators(
    ...(options.optional ? [IsOptional()] : [IsDefined()]),
    ApiProperty({
      description: options.description,
      required: !options.optional,
      oneOf: [{ type: 'string', enum: [...words] }, ...shapes.map((shape) => ({ $ref: getSchemaPath(shape) }))],
    }),
  );
}

/** A member of another DTO class, or with `many` up to `max` (default 1000) of them. */
export function Nested(
  shape: () => ClassConstructor<object>,
  options: Common & { many?: boolean; max?: number } = {},
): PropertyDecorator {
  const { many = false, max = 1000 } = options;
  return applyDecorators(
    ...presence(options),
    ...(many ? [IsArray(), ArrayMaxSize(max)] : []),
    // A list in its place would pass as many of them as it has, none for an empty one.
    IsObject({ each: many, message: 'Send an object' }),
    ValidateNested({ each: many }),
    Type(shape),
    // Swagger tells a lazy type by the function's name, which must be `type`.
    ApiProperty({ ...documented(options), type: () => shape(), isArray: many }),
  );
}

/** A list of strings; `of`: each is one of these. */
export function Texts(options: Common & { max?: number; of?: readonly string[] } = {}): PropertyDecorator {
  const { of } = options;
  return applyDecorators(
    ...presence(options),
    IsArray(),
    ArrayMaxSize(options.max ?? 1000),
    IsString({ each: true }),
    ...(of ? [IsIn([...of], { each: true })] : []),
    ApiProperty({ ...documented(options), type: String, isArray: true, ...(of ? { enum: [...of] } : {}) }),
  );
}

/** A moment, ISO-8601 in UTC. */
export function Moment(options: Common = {}): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsString(),
    ApiProperty({ ...documented(options), type: String, format: 'date-time' }),
  );
}
