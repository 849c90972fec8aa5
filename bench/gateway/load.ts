import http from 'node:http';
import type { Answer, Round } from './types.ts';

/**
 * The devices, in a process of their own: sends the requests of a round over connections that stay open, each device
 * over one of its own, and measures each from its sending to its last byte. Nothing is decoded here.
 */
const agents = new Map<number, http.Agent>();

/** One connection for each device, kept open between rounds. */
function agentOf(device: number): http.Agent {
  const agent = agents.get(device) ?? new http.Agent({ keepAlive: true, maxSockets: 1 });
  agents.set(device, agent);
  return agent;
}

/** With these bytes a live answer begins before it says anything. */
const GZIP_HEAD = 10;

const now = (): number => performance.timeOrigin + performance.now();

const send = (port: number, device: number, headers: Record<string, string>, body: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const began = now();
    const request = http.request(
      { host: '127.0.0.1', port, method: 'POST', path: '/sync', agent: agentOf(device), headers },
      (response) => {
        let body = '';
        let heard = 0;
        response.setEncoding('latin1');
        response.on('data', (chunk: string) => {
          body += chunk;
          if (body.length > GZIP_HEAD) heard ||= now();
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            coding: response.headers['content-encoding'],
            bytes: body.length,
            body: Buffer.from(body, 'latin1').toString('base64'),
            began,
            heard,
            ended: now()
          })
        );
      }
    );
    request.on('error', reject);
    request.end(body);
  });

async function run({ port, requests, spread }: Round): Promise<Answer[]> {
  const answers = requests.map(async ({ headers, body }, device) => {
    // Arrivals that are spread come evenly.
    if (spread > 0) await new Promise((resolve) => setTimeout(resolve, (spread * device) / requests.length));
    return send(port, device, headers, body);
  });
  process.send?.({ kind: 'sent' });
  return Promise.all(answers);
}

process.on('message', (round: Round) => {
  run(round).then(
    (answers) => process.send?.({ kind: 'answers', answers }),
    (error: unknown) => process.send?.({ kind: 'failed', reason: String(error) })
  );
});
