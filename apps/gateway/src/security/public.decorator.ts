import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'snowflow:public';

/** A route that needs no session. Every other one is guarded. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
