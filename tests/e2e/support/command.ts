import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs `smartasn …` on the data of a test server, as a publisher would; answers what it printed. */
export async function smartasn(data: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['server/cli/main.ts', ...args], {
    env: { ...process.env, SMARTASN_DATA: data, LANG: 'id_ID.UTF-8' }
  });
  return stdout;
}
