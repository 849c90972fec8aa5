import * as v from 'valibot';

/**
 * The data rules of the Experience API 1.0.3 (Part Two, 2.4 and 4), written down from the specification and apart from
 * the code that makes statements: what is not named there is not allowed.
 */

const iri = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9+.-]*:\S+$/i));
const tag = v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/));
const languageMap = v.pipe(
  v.record(tag, v.string()),
  v.check((map) => Object.keys(map).length > 0)
);
const scaled = v.pipe(v.number(), v.minValue(-1), v.maxValue(1));
const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
const duration = v.pipe(
  v.string(),
  v.regex(/^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/)
);

const activity = v.strictObject({
  objectType: v.optional(v.literal('Activity')),
  id: iri,
  definition: v.optional(
    v.strictObject({
      name: v.optional(languageMap),
      description: v.optional(languageMap),
      type: v.optional(iri),
      moreInfo: v.optional(iri)
    })
  )
});

const statement = v.strictObject({
  id: uuid,
  version: v.pipe(v.string(), v.regex(/^1\.0\.\d+$/)),
  timestamp: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/)),
  // Exactly one inverse functional identifier (4.2.3).
  actor: v.strictObject({
    objectType: v.optional(v.literal('Agent')),
    account: v.strictObject({ homePage: iri, name: v.pipe(v.string(), v.minLength(1)) })
  }),
  verb: v.strictObject({ id: iri, display: v.optional(languageMap) }),
  object: activity,
  result: v.optional(
    v.strictObject({
      score: v.optional(v.strictObject({ scaled: v.optional(scaled) })),
      success: v.optional(v.boolean()),
      completion: v.optional(v.boolean()),
      response: v.optional(v.string()),
      duration: v.optional(duration)
    })
  ),
  context: v.optional(
    v.strictObject({
      platform: v.optional(v.string()),
      language: v.optional(tag),
      contextActivities: v.optional(
        v.strictObject({
          parent: v.optional(v.array(activity)),
          grouping: v.optional(v.array(activity)),
          category: v.optional(v.array(activity)),
          other: v.optional(v.array(activity))
        })
      )
    })
  )
});

/** Where a statement is against the rules. */
export function faultsOf(value: unknown): string[] {
  const read = v.safeParse(statement, value);
  return read.success ? [] : read.issues.map((issue) => v.getDotPath(issue) ?? '');
}
