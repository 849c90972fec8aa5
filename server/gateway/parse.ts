import * as v from 'valibot';
import { badRequest } from './problem.ts';

/** What a body says by its schema; throws 400 when it has another shape. */
export function parse<T extends v.GenericSchema>(schema: T, body: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, body);
  if (!result.success) throw badRequest('The body has the wrong shape.');
  return result.output;
}
