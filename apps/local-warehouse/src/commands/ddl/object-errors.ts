import { WarehouseError } from '../../statements/warehouse-error';

export const alreadyExists = (name: string) =>
  new WarehouseError('002002', '42710', `SQL compilation error:\nObject '${name}' already exists.`);
