import { badRequest, parseError } from './errors.ts';

/** Strict reading of query strings: a parameter that is not understood is an error, never ignored. */

interface Kinds {
  boolean: boolean;
  count: number;
  json: unknown;
  text: string;
}

type Spec = Record<string, keyof Kinds>;
export type Read<S extends Spec> = { [K in keyof S]?: Kinds[S[K]] };

const readers: { [K in keyof Kinds]: (name: string, value: string) => Kinds[K] } = {
  boolean: (name, value) => {
    if (value === 'true' || value === 'false') return value === 'true';
    throw parseError(`Invalid boolean parameter: ${name}`);
  },
  count: (name, value) => {
    if (/^\d{1,15}$/.test(value)) return Number(value);
    throw parseError(`Invalid value for integer: ${name}`);
  },
  json: (name, value) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`invalid_json: ${name}`);
    }
  },
  text: (_name, value) => value
};

/**
 * The query's parameters by `spec`; throws 400 for one that is not in it or has the wrong form.
 * @param ignored parameters that may be given and change nothing
 */
export function readQuery<S extends Spec>(query: unknown, spec: S, ignored: Spec = {}): Read<S> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, string | string[]>)) {
    if (Object.hasOwn(ignored, name)) continue;
    const kind = Object.hasOwn(spec, name) ? spec[name] : undefined;
    if (kind === undefined) throw badRequest(`The parameter ${name} is not known here.`);
    if (typeof value !== 'string') throw badRequest(`The parameter ${name} is given twice.`);
    result[name] = readers[kind](name, value);
  }
  return result as Read<S>;
}

/** A JSON body that must be an object. */
export function readBody(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw badRequest('Request body must be a JSON object');
}

/** A field of a body that must be an array. */
export function readArray(body: Record<string, unknown>, field: string): unknown[] {
  const value = body[field];
  if (Array.isArray(value)) return value;
  throw badRequest(`Request body must have an array \`${field}\`.`);
}
