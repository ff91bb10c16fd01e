/** Where the session is to stand from its start. */
export function startingPlace<Place extends { role?: string; warehouse?: string; database?: string; schema?: string }>({
  role,
  warehouse,
  database,
  schema,
}: Place) {
  return { role, warehouse, database, schema };
}
