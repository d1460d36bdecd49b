import type {
  EntityManager,
  InsertQueryBuilder,
  ObjectLiteral,
  SelectQueryBuilder,
  UpdateQueryBuilder,
} from 'typeorm';

export type EntityClass<T> = new () => T;
/** Equality on columns; `null` means IS NULL. */
export type Where<T> = { readonly [K in keyof T]?: T[K] | null };
export interface FindOptions<T> {
  readonly order?: { readonly [K in keyof T]?: 'ASC' | 'DESC' };
}

/** The rows that match, in the order asked for. */
export function select<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityClass<T>,
  where: Where<T>,
  { order = {} }: FindOptions<T>,
): SelectQueryBuilder<T> {
  const query = manager.createQueryBuilder(entity, 'x');
  for (const [property, value] of Object.entries(where)) {
    if (value === undefined) throw new TypeError(`no value for ${property}`);
    if (value === null) query.andWhere(`x.${property} IS NULL`);
    else query.andWhere(`x.${property} = :${property}`, { [property]: value });
  }
  for (const [property, way] of Object.entries(order)) {
    query.addOrderBy(`x.${property}`, way);
  }
  return query;
}

/** Inserts rows without RETURNING: a writer need not be able to read what it wrote. */
export function add<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityClass<T>,
  rows: T[],
): InsertQueryBuilder<T> {
  return manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false);
}

/** Sets columns of the rows that match. */
export function change<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityClass<T>,
  where: Where<T>,
  set: Partial<T>,
): UpdateQueryBuilder<T> {
  const query = manager.createQueryBuilder().update(entity).set(set);
  for (const [property, value] of Object.entries(where)) {
    if (value === undefined) throw new TypeError(`no value for ${property}`);
    const column = columnOf(manager, entity, property);
    if (value === null) query.andWhere(`${column} IS NULL`);
    else query.andWhere(`${column} = :where_${property}`, { [`where_${property}`]: value });
  }
  return query.updateEntity(false);
}

function columnOf(
  manager: EntityManager,
  entity: EntityClass<ObjectLiteral>,
  property: string,
): string {
  const column = manager.connection
    .getMetadata(entity)
    .findColumnWithPropertyName(property)?.databaseName;
  if (column === undefined) throw new TypeError(`no column ${property}`);
  return `"${column}"`;
}
