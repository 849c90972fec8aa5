/** Verbs of ADL, of the Tin Can registry and of the profile for books, with the names that they have there. */
const verb = (id: string, name: string) => ({ id, display: { 'en-US': name } });

export const VERBS = {
  initialized: verb('http://adlnet.gov/expapi/verbs/initialized', 'initialized'),
  completed: verb('http://adlnet.gov/expapi/verbs/completed', 'completed'),
  attempted: verb('http://adlnet.gov/expapi/verbs/attempted', 'attempted'),
  passed: verb('http://adlnet.gov/expapi/verbs/passed', 'passed'),
  failed: verb('http://adlnet.gov/expapi/verbs/failed', 'failed'),
  submitted: verb('http://activitystrea.ms/schema/1.0/submit', 'submitted'),
  earned: verb('http://id.tincanapi.com/verb/earned', 'earned'),
  highlighted: verb('https://w3id.org/xapi/adb/verbs/highlighted', 'highlighted'),
  noted: verb('https://w3id.org/xapi/adb/verbs/noted', 'noted')
} as const;

export type Verb = (typeof VERBS)[keyof typeof VERBS];

export const ACTIVITY_TYPES = {
  course: 'http://adlnet.gov/expapi/activities/course',
  module: 'http://adlnet.gov/expapi/activities/module',
  assessment: 'http://adlnet.gov/expapi/activities/assessment',
  media: 'http://adlnet.gov/expapi/activities/media',
  certificate: 'http://id.tincanapi.com/activitytype/certificate'
} as const;
