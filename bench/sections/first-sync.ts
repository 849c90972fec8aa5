import { compete, PEERS, type Peer, type Run } from '../contest.ts';
import { LINKS } from '../link/proxy.ts';
import { atLeast, atMost, type Measure } from '../section.ts';
import { openStage } from '../stage.ts';
import { median } from '../statistics.ts';

/** P3, P4: PouchDB, RxDB and this project read one channel over loopback, interleaved. */
export const measure: Measure = async ({ quick, browser, say }) => {
  const documents = quick ? 5_000 : 10_000;
  const stage = await openStage(['wide']);
  try {
    const task = await stage.prepare('wide', documents);
    const runs: Record<Peer, Run[]> = { pouchdb: [], rxdb: [], smartasn: [] };
    for (let round = 0; round < (quick ? 2 : 5); round += 1) {
      for (const peer of PEERS) {
        const taken = await compete(browser, stage.port, peer, task, LINKS.loopback);
        runs[peer].push(taken);
        say(`${peer}: ${taken.complete.toFixed(0)} ms, ${taken.requests} requests, ${taken.down + taken.up} bytes`);
      }
    }
    const of = (peer: Peer, value: (taken: Run) => number) => median(runs[peer].map(value));
    const complete = (peer: Peer) => of(peer, (taken) => taken.complete);
    return {
      name: `first sync of ${documents} posts over loopback`,
      goals: [
        atLeast(`P3 first sync of ${documents}, PouchDB ÷ ours`, complete('pouchdb') / complete('smartasn'), 5),
        atLeast(`P3 first sync of ${documents}, RxDB ÷ ours`, complete('rxdb') / complete('smartasn'), 2),
        atMost(
          'P4 requests of the first sync',
          of('smartasn', (taken) => taken.requests),
          3
        ),
        atMost(
          'P4 requests with nothing new',
          of('smartasn', (taken) => taken.idle?.requests ?? NaN),
          1
        )
      ],
      table: PEERS.map((peer) => ({
        peer,
        'complete, ms': Math.round(complete(peer)),
        'twenty readable, ms': Math.round(of(peer, (taken) => taken.usable)),
        requests: of(peer, (taken) => taken.requests),
        'bytes down': of(peer, (taken) => taken.down),
        'bytes up': of(peer, (taken) => taken.up)
      })),
      data: runs
    };
  } finally {
    await stage.close();
  }
};
