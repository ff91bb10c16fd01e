import { PipeTransform } from '@nestjs/common';
import { ELEMENT_ID } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** A node's id in the path. */
export class NodeIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!ELEMENT_ID.test(id)) throw new AppError('NOT_FOUND', 'There is no node with this id.');
    return id;
  }
}
