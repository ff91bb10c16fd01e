import { PipeTransform } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** An id in the path. One that can't be ours is answered as one that is not there. */
export class OpaqueIdPipe implements PipeTransform<string, string> {
  private readonly shape: RegExp;

  constructor(kind: 'wf' | 'run' | 'ses' | 'sfk' | 'cred' | 'bnd' | 'usr' | 'ocr' | 'tpl' | 'sch' | 'apr') {
    this.shape = new RegExp(`^${kind}_[A-Za-z0-9]{16,40}$`);
  }

  transform(id: string): string {
    if (!this.shape.test(id)) throw new AppError('NOT_FOUND', 'There is nothing with this id.');
    return id;
  }
}
