import type { components, paths } from './schema.js';

/** What the contract says of an operation, as types: all of it follows from `schema.ts`. */

export type Schemas = components['schemas'];
export type DryRun = Schemas['DryRun'];
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The addresses that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, M extends Method> = paths[P][M & keyof paths[P]];

type Json<C> = C extends { content: { 'application/json': infer J } } ? J : never;
type Success<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 ? Json<R[S]> : never }[keyof R]
  : never;
type OrNothing<T> = [T] extends [never] ? undefined : T;

/** What comes back, where it is JSON; of an operation that was not a dry run. */
export type Answer<P extends keyof paths, M extends Method> = OrNothing<
  Exclude<Success<Operation<P, M>>, DryRun>
>;

type Parameters<O, Where extends string> = O extends { parameters: { [K in Where]?: infer V } }
  ? Exclude<V, undefined>
  : never;
type Body<O> = O extends { requestBody: { content: infer C } } ? C : never;
type JsonOf<C> = C extends { 'application/json': infer J } ? J : never;
type Field<Name extends string, T> = [T] extends [never]
  ? { readonly [K in Name]?: never }
  : Partial<T> extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };
type Has<O, Header extends string> = [Parameters<O, 'header'>] extends [never]
  ? false
  : Parameters<O, 'header'> extends Record<Header, unknown>
    ? true
    : false;

type WithoutDryRun<Query> = [Query] extends [never] ? never : Omit<Query, 'dryRun'>;

/** What an operation is asked with; `dryRun` is a way of asking of its own. */
export type Asked<P extends keyof paths, M extends Method> = Field<
  'path',
  Parameters<Operation<P, M>, 'path'>
> &
  Field<'query', WithoutDryRun<Parameters<Operation<P, M>, 'query'>>> &
  Field<'body', JsonOf<Body<Operation<P, M>>>> &
  (Has<Operation<P, M>, 'If-Match'> extends true
    ? { /** The version that you read. */ readonly version: number }
    : { readonly version?: never }) &
  (Has<Operation<P, M>, 'Idempotency-Key'> extends true
    ? { /** Made up where you name none. */ readonly idempotencyKey?: string }
    : { readonly idempotencyKey?: never });

/** What follows a path: nothing, where nothing must be said. */
export type Rest<T> = Partial<T> extends T ? [asked?: T] : [asked: T];

/** The addresses that take a file. */
export type UploadPath = {
  [P in PathOf<'put'>]: [Body<Operation<P, 'put'>>] extends [never]
    ? never
    : Body<Operation<P, 'put'>> extends { 'application/json': unknown }
      ? never
      : P;
}[PathOf<'put'>];

/** The addresses of lists, and what is in them. */
export type ListPath = {
  [P in PathOf<'get'>]: Answer<P, 'get'> extends { items: unknown[]; next: string | null }
    ? P
    : never;
}[PathOf<'get'>];
export type ItemOf<P extends ListPath> =
  Answer<P, 'get'> extends { items: (infer Item)[] } ? Item : never;

/** The addresses that offer a dry run. */
export type DryRunPath = {
  [P in PathOf<'post'>]: DryRun extends Success<Operation<P, 'post'>> ? P : never;
}[PathOf<'post'>];
