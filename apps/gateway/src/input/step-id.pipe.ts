import { PipeTransform } from '@nestjs/common';
import { STEP_ID } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** A step's id in the path; in a URL its slashes are written %2F. */
export class StepIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!STEP_ID.test(id)) throw new AppError('NOT_FOUND', 'There is no step with this id.');
    return id;
  }
}
