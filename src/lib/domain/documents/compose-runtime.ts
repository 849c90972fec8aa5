import { docId, newEdit, suffixOf } from '../ids.ts';
import { first } from './compose.ts';
import { mergeRuntime, type Runtime, type RuntimeEntry } from './runtime.ts';

/** What the packages of a course remember, with what one of them says now: what was reached before stays reached. */
export function rememberRuntime(
  course: string,
  runtime: Runtime | undefined,
  chapter: string,
  { json, ...reached }: Omit<RuntimeEntry, 'data'> & { json: string }
): Runtime {
  const edit = newEdit(runtime?.edit);
  const start: Runtime = runtime ?? {
    ...first('runtime', docId('runtime', suffixOf(course)), edit),
    course,
    entries: {}
  };
  const said: Runtime = { ...start, edit, entries: { [chapter]: { ...reached, data: { json, edit } } } };
  return { ...mergeRuntime(start, said), _rev: start._rev };
}
