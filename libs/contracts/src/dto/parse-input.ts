import { ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync, ValidationError } from 'class-validator';
import { AppError, FieldError } from '../errors/app-error';

const MAX_DEPTH = 64;
/** A list of thousands that are all wrong is told by its first ones. */
const MAX_ERRORS = 100;
/** Keys that the making of instances would take for an object's own class or prototype. */
const RESERVED = ['constructor', '__proto__'];

/**
 * The DTO of a plain value, checked: unknown members, wrong types and what the class's decorators forbid end in a VALIDATION error
 * that names each field. The HTTP edge and the transport use the same function, so both refuse the same.
 */
export function parseInput<Input extends object>(shape: ClassConstructor<Input>, plain: unknown): Input {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw invalid([{ path: '', message: 'Send an object' }]);
  }
  requireSoundKeys(plain);
  const input = instanceOf(shape, plain);
  const problems = validateSync(input, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
  });
  if (problems.length > 0) throw invalid(problems.flatMap((problem) => fieldErrors(problem, '')).slice(0, MAX_ERRORS));
  return input;
}

/** Of an object that has a member `toString` or `valueOf` nobody can make the number that stands there. */
function instanceOf<Input extends object>(shape: ClassConstructor<Input>, plain: object): Input {
  try {
    return plainToInstance(shape, plain);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalid([{ path: '', message: 'An object stands where a number or a text belongs' }]);
  }
}

function invalid(errors: FieldError[]): AppError {
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : '';
  return new AppError('VALIDATION', `The request is not valid. ${where}${first?.message ?? ''}`.trim(), { errors });
}

function fieldErrors(problem: ValidationError, parent: string): FieldError[] {
  const path = parent ? `${parent}.${problem.property}` : problem.property;
  const own = Object.values(problem.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(problem.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

/** Walks level by level: a recursive walk would itself overflow on what it is there to refuse. */
function requireSoundKeys(value: object): void {
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw invalid([{ path: '', message: `Nest at most ${MAX_DEPTH} levels` }]);
    const next: object[] = [];
    for (const item of level) {
      const reserved = RESERVED.find((key) => Object.hasOwn(item, key));
      if (reserved) throw invalid([{ path: reserved, message: 'Nothing may have this name' }]);
      for (const member of Object.values(item)) {
        if (typeof member === 'object' && member !== null) next.push(member);
      }
    }
    level = next;
  }
}
