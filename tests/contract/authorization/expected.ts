/**
 * What authorization has to be, written down apart from the code that decides it: DESIGN §2 and GOALS R7. A test that
 * read the server's own table could not fail.
 *
 * `-` nothing · `L` look up single documents · `R` read and follow · `W` read, follow and write
 */
const DATABASES = `
                      none staff officer publisher administrator auditor kiosk node  staff+officer staff+administrator
person/own            -    W     -       -         -             -       -     -     W             W
person/other          -    -     -       -         -             -       -     -     -             -
channel/member        -    R     -       -         -             -       -     R     R             R
channel/foreign       -    -     -       -         -             -       -     -     -             -
catalogue             -    R     -       -         -             -       R     R     R             R
directory/own-agency  -    R     -       -         -             -       -     R     R             R
directory/foreign     -    L     -       -         -             -       -     -     L             L
office/own-agency     -    -     R       -         -             -       -     R     R             -
office/foreign        -    -     -       -         -             -       -     -     -             -
registry              -    -     -       -         -             -       -     -     -             -
_users                -    -     -       -         -             -       -     -     -             -
nonsense              -    -     -       -         -             -       -     -     -             -
`;

/** What the gateway has besides databases: `y` may, `-` may not. */
const RESOURCES = `
                 none staff officer publisher administrator auditor kiosk node  staff+officer staff+administrator
GET  media       -    y     -       -         -             -       y     y     y             y
HEAD media       -    y     -       -         -             -       y     y     y             y
GET  own-audit   -    y     y       y         y             y       -     -     y             y
GET  audit       -    -     -       -         -             y       -     -     -             -
GET  own-files   -    y     -       -         -             -       -     -     y             y
GET  publishing  -    -     -       y         -             -       -     -     -             -
PUT  device-key  -    y     -       -         -             -       -     -     y             y
GET  devices     -    y     y       y         y             y       -     -     y             y
POST handoff     -    y     y       y         y             y       -     -     y             y
POST password    -    y     y       y         y             y       -     -     y             y
POST recovery    -    -     y       -         y             -       -     -     y             y
GET  factor      -    y     y       y         y             y       -     -     y             y
GET  passkeys    -    y     y       y         y             y       -     -     y             y
`;

export type Letter = '-' | 'L' | 'R' | 'W' | 'y';

/** A call to a database: shape of the path and verb. */
export interface Call {
  shape: string;
  verb: string;
  /** The least letter that allows it; none does where there is none. */
  needs?: Exclude<Letter, '-' | 'y'>;
  /** What CouchDB answers when it is allowed. */
  status?: number;
}

/** All calls that anybody may make; every other verb on these paths, and every other path, is refused. */
export const CALLS: Call[] = [
  { shape: 'doc', verb: 'GET', needs: 'L', status: 200 },
  { shape: 'doc', verb: 'HEAD', needs: 'L', status: 200 },
  { shape: 'doc', verb: 'PUT', needs: 'W', status: 201 },
  { shape: 'info', verb: 'GET', needs: 'R', status: 200 },
  { shape: 'info', verb: 'HEAD', needs: 'R', status: 200 },
  { shape: '_changes', verb: 'GET', needs: 'R', status: 200 },
  { shape: '_changes', verb: 'POST', needs: 'R', status: 200 },
  { shape: '_all_docs', verb: 'GET', needs: 'R', status: 200 },
  { shape: '_all_docs', verb: 'POST', needs: 'R', status: 200 },
  { shape: '_bulk_get', verb: 'POST', needs: 'R', status: 200 },
  { shape: '_revs_diff', verb: 'POST', needs: 'W', status: 200 },
  { shape: '_bulk_docs', verb: 'POST', needs: 'W', status: 201 },
  { shape: '_ensure_full_commit', verb: 'POST', needs: 'W', status: 201 },
  { shape: '_local', verb: 'GET', needs: 'W', status: 200 },
  { shape: '_local', verb: 'PUT', needs: 'W', status: 201 }
];

const SHAPES = [...new Set(CALLS.map(({ shape }) => shape))];
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];

/** Every path of the list above with every verb. */
export const EVERY_CALL: Call[] = SHAPES.flatMap((shape) =>
  VERBS.map((verb) => CALLS.find((call) => call.shape === shape && call.verb === verb) ?? { shape, verb })
);

/** Paths that are nobody's, whatever the verb and the role. */
export const CLOSED_PATHS = [
  '_security',
  '_design/rules',
  '_design%2Frules',
  '_design/x/_view/y',
  '_compact',
  '_purge',
  '_find',
  '_index',
  '_revs_limit',
  '_missing_revs',
  '_local_docs',
  '_local',
  '_shards',
  '..%2Fregistry',
  'post:00000000-0000-7000-8000-000000000000/attachment'
];

/** Types that a person may write into her own database, by the gateway. Types of newer apps reach the courier. */
export const OWN_TYPES: Record<string, number> = {
  post: 201,
  comment: 201,
  reaction: 201,
  profile: 201,
  progress: 201,
  'of-a-newer-app': 201,
  receipt: 403,
  record: 403,
  membership: 403,
  grade: 403,
  certificate: 403,
  enrolment: 403
};

const ORDER: Letter[] = ['-', 'L', 'R', 'W'];

/** Whether a letter of the table allows a call. */
export const permits = (letter: Letter, { needs }: Call): boolean =>
  needs !== undefined && ORDER.indexOf(letter) >= ORDER.indexOf(needs);

/** The rows of a table: name → role → letter. */
function read(text: string): Map<string, Map<string, Letter>> {
  const [head = '', ...rows] = text.split('\n').filter((line) => line.trim());
  const roles = head.trim().split(/\s+/);
  return new Map(
    rows.map((row) => {
      const cells = row.trim().split(/\s+/);
      const letters = cells.splice(-roles.length) as Letter[];
      return [cells.join(' '), new Map(roles.map((role, index) => [role, letters[index] ?? '-']))];
    })
  );
}

export const databases = read(DATABASES);
export const resources = read(RESOURCES);

/** Names of the roles in the tables, `+` between those that one person has. */
export const ROLES = [...(databases.get('registry')?.keys() ?? [])];
