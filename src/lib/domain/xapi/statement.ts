import { uuidv5 } from '../uuid-hash.ts';
import type { Verb } from './verbs.ts';

/** Statements of the Experience API 1.0.3 (IEEE 9274.1.1 is its successor), as far as they are made here. */

export interface Activity {
  objectType: 'Activity';
  id: string;
  definition: { name: Record<string, string>; type: string };
}

export interface Result {
  completion?: boolean;
  success?: boolean;
  score?: { scaled: number };
  response?: string;
  duration?: string;
}

export interface Statement {
  id: string;
  version: '1.0.3';
  timestamp: string;
  actor: { objectType: 'Agent'; account: { homePage: string; name: string } };
  verb: Verb;
  object: Activity;
  result?: Result;
  context: {
    platform: string;
    language: string;
    contextActivities: { parent?: [Activity]; grouping?: [Activity] };
  };
}

/** What happened, before it is known whose it is. */
export interface Happening {
  /** What the id follows from: a document and what of it, so that deriving it again gives the same. */
  from: string;
  at: string;
  verb: Verb;
  object: Activity;
  /** The course that it belongs to, where that is not the object itself. */
  parent?: Activity;
  language: string;
  result?: Result;
}

/** Whose statements they are: an account of this server, by a random UUID and nothing else. */
export interface Subject {
  person: string;
  /** Origin of the server. */
  home: string;
}

/** Name space of the ids of statements, a random UUID. */
const NAMESPACE = '1d2a6c0e-4b7f-4c1e-9d3a-5e8f7a6b9c01';

export async function statementOf(
  { person, home }: Subject,
  { from, at, verb, object, parent, language, result }: Happening
): Promise<Statement> {
  return {
    id: await uuidv5(NAMESPACE, `${home} ${person} ${verb.id} ${from}`),
    version: '1.0.3',
    timestamp: at,
    actor: { objectType: 'Agent', account: { homePage: home, name: person } },
    verb,
    object,
    ...(result && { result }),
    context: { platform: 'SmartASN', language, contextActivities: parent ? { parent: [parent] } : {} }
  };
}

/** A length of time as ISO 8601 says it, to the second. */
export const isoDuration = (seconds: number): string => `PT${Math.max(0, Math.round(seconds))}S`;
