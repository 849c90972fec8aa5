import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { productionIni, SETTINGS, unsafeSettings } from './production.ts';

const asConfig = (change: Record<string, string> = {}) => {
  const config: Record<string, Record<string, string>> = {};
  for (const { section, key, value } of SETTINGS)
    config[section] = { ...config[section], [key]: change[`${section}.${key}`] ?? value };
  return config;
};

const namesOf = (config: Parameters<typeof unsafeSettings>[0]): string[] =>
  unsafeSettings(config).map(({ setting: { section, key } }) => `${section}.${key}`);

test('the file in deploy/ is what the code writes', async () => {
  const file = new URL('../../deploy/couchdb/smartasn.ini', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(productionIni());
});

test('the file says what it has to', () => {
  const ini = productionIni();
  const lines = [
    'require_valid_user = true',
    'bind_address = 127.0.0.1',
    'enable_cors = false',
    'required_claims = exp',
    'default_security = admin_only',
    'pbkdf2_prf = sha256'
  ];
  for (const line of lines) expect(ini.split('\n')).toContain(line);
  expect(ini).not.toContain('jwt_authentication_handler');
  expect(ini).not.toMatch(/^(admin|secret) =/m);
});

test('a server with these settings is safe, and one as it is delivered lacks only what it lacks', () => {
  expect(namesOf(asConfig())).toEqual([]);
  expect(namesOf({})).toEqual(['chttpd.require_valid_user']);
});

test.each([
  ['chttpd.require_valid_user', 'false'],
  ['chttpd.bind_address', '0.0.0.0'],
  ['chttpd.enable_cors', 'true'],
  ['chttpd.admin_only_all_dbs', 'false'],
  ['chttpd.authentication_handlers', '{chttpd_auth, jwt_authentication_handler}'],
  ['chttpd.authentication_handlers', '{chttpd_auth, proxy_authentication_handler}'],
  ['chttpd.max_http_request_size', '1000000'],
  ['couchdb.default_security', 'everyone'],
  ['couchdb.max_document_size', '4096'],
  ['couchdb.users_db_security_editable', 'true'],
  ['chttpd_auth.pbkdf2_prf', 'sha'],
  ['chttpd_auth.iterations', '10'],
  ['chttpd_auth_lockout.mode', 'off'],
  ['couch_peruser.enable', 'true']
])('%s = %s is found', (name, value) => {
  expect(namesOf(asConfig({ [name]: value }))).toEqual([name]);
});
