import { PipeTransform } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** The number of a revision in the path. What can't be one is answered as one that is not there. */
export class RevisionPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new AppError('NOT_FOUND', 'There is no such revision.');
    return Number(text);
  }
}
