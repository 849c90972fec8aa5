import { DOCUMENT_LIMIT, REQUEST_LIMIT } from './limits.ts';

/** How Apache CouchDB 3.5 is set up in production: `deploy/couchdb/smartasn.ini` is written from here. */

/** A setting. `isSafe` judges the value that a running server has, or `preset`, its documented default. */
export interface Setting {
  section: string;
  key: string;
  value: string;
  /** Why, for the operator who reads the file. */
  why: string;
  /** Only of settings that the doctor looks at. */
  check?: { preset: string; isSafe(value: string): boolean };
}

const atLeast = (least: number) => (value: string) => value === 'infinity' || Number(value) >= least;
const is =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);

const HANDLERS = '{chttpd_auth, cookie_authentication_handler}, {chttpd_auth, default_authentication_handler}';

const set = (section: string, key: string, value: string, why: string, check?: Setting['check']): Setting => ({
  section,
  key,
  value,
  why,
  ...(check && { check })
});

/** In the order of the file. Values that are CouchDB's own are written all the same: nobody changes them by accident. */
export const SETTINGS: readonly Setting[] = [
  set('couchdb', 'single_node', 'true', 'One node. A cluster says false here and is set up with _cluster_setup.'),
  set('couchdb', 'max_document_size', String(DOCUMENT_LIMIT), 'Bytes. The gateway passes on nothing larger.', {
    preset: '8000000',
    isSafe: atLeast(DOCUMENT_LIMIT)
  }),
  set('couchdb', 'max_attachment_size', '0', 'There are no attachments: files are kept by the gateway.'),
  set('couchdb', 'default_security', 'admin_only', 'A database is closed until it has been provisioned.', {
    preset: 'admin_only',
    isSafe: is('admin_only')
  }),
  set('couchdb', 'users_db_security_editable', 'false', 'Nobody opens the database of users.', {
    preset: 'false',
    isSafe: is('false')
  }),
  set('cluster', 'q', '1', 'One shard: the changes of a database have an order.'),
  set('cluster', 'n', '1', 'Copies of each shard. A cluster of three nodes says 3.'),
  set(
    'chttpd',
    'bind_address',
    '127.0.0.1',
    'Only the server of SmartASN comes here. On two machines: a private address.',
    {
      preset: '127.0.0.1',
      isSafe: (value) => !['0.0.0.0', '::', 'any'].includes(value)
    }
  ),
  set('chttpd', 'port', '5984', 'COUCHDB_URL names it.'),
  set('chttpd', 'require_valid_user', 'true', 'Nothing is answered to nobody.', {
    preset: 'false',
    isSafe: is('true')
  }),
  set('chttpd', 'authentication_handlers', HANDLERS, 'Passwords and cookies of three users; no tokens, no proxy.', {
    preset: HANDLERS,
    isSafe: (value) => !/jwt_auth|proxy_auth/.test(value)
  }),
  set('chttpd', 'admin_only_all_dbs', 'true', 'Names of databases name persons.', {
    preset: 'true',
    isSafe: is('true')
  }),
  set('chttpd', 'enable_cors', 'false', 'No browser speaks to the database.', { preset: 'false', isSafe: is('false') }),
  set('chttpd', 'enable_xframe_options', 'true', 'No page puts the database into a frame.'),
  set('chttpd', 'max_http_request_size', String(REQUEST_LIMIT), 'Bytes. Room for a batch of the courier.', {
    preset: '4294967296',
    isSafe: atLeast(DOCUMENT_LIMIT)
  }),
  set('jwt_auth', 'required_claims', 'exp', 'Should tokens ever be turned on: one without an end is refused.'),
  set('chttpd_auth', 'timeout', '600', 'Seconds. The server signs in again by itself.'),
  set('chttpd_auth', 'allow_persistent_cookies', 'false', 'A cookie ends with the process that holds it.'),
  set('chttpd_auth', 'same_site', 'strict', 'No foreign page speaks with a cookie.'),
  set('chttpd_auth', 'hash_algorithms', 'sha256', 'Cookies are signed with SHA-256, not with SHA-1.'),
  set('chttpd_auth', 'pbkdf2_prf', 'sha256', 'Hash of passwords.', {
    preset: 'sha256',
    isSafe: is('sha256', 'sha384', 'sha512')
  }),
  set('chttpd_auth', 'iterations', '600000', 'Rounds of that hash.', { preset: '600000', isSafe: atLeast(100_000) }),
  set('chttpd_auth', 'upgrade_hash_on_auth', 'true', 'Old hashes become new ones when their users sign in.'),
  set(
    'chttpd_auth',
    'password_regexp',
    '[{".{20,}", "A password has at least 20 characters."}]',
    'No person types them.'
  ),
  set('chttpd_auth_lockout', 'mode', 'enforce', 'Whoever guesses passwords is locked out for a while.', {
    preset: 'enforce',
    isSafe: is('enforce')
  }),
  set('couch_peruser', 'enable', 'false', 'The server makes the databases of persons, with their rules.', {
    preset: 'false',
    isSafe: is('false')
  }),
  set('log', 'level', 'warning', 'Requests are not logged: their paths name persons.')
];

const HEAD = `; Apache CouchDB 3.5 for SmartASN. Copy this file into etc/local.d/ and start CouchDB again.
; Written by: npm run smartasn -- couchdb-config --write deploy/couchdb/smartasn.ini
;
; The administrator does not stand here. Put name and password into a file that only CouchDB may read, for example
; etc/local.d/admins.ini; at its start CouchDB replaces the password by a hash:
;
;   [admins]
;   admin = <a long random password>
;
; CouchDB 3 has no delayed commits: a write that was answered is on the disk.
`;

/** The file for `etc/local.d/`. */
export function productionIni(): string {
  const sections = [...Map.groupBy(SETTINGS, ({ section }) => section)].map(([section, settings]) => {
    const lines = settings.map(({ key, value, why }) => `; ${why}\n${key} = ${value}\n`);
    return `[${section}]\n${lines.join('')}`;
  });
  return [HEAD, ...sections].join('\n');
}

/** The settings of a running server that are unsafe, as it answers them at `/_node/_local/_config`. */
export function unsafeSettings(
  config: Record<string, Record<string, string> | undefined>
): { setting: Setting; given: string }[] {
  return SETTINGS.flatMap((setting) => {
    const { section, key, check } = setting;
    if (!check) return [];
    const given = config[section]?.[key] ?? check.preset;
    return check.isSafe(given.trim()) ? [] : [{ setting, given }];
  });
}
