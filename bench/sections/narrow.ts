import { gzipSync } from 'node:zlib';
import { compete, PEERS, type Run } from '../contest.ts';
import { LINKS, type Link } from '../link/proxy.ts';
import type { Task } from '../pages/peers.ts';
import { atLeast, atMost, within, type Measure } from '../section.ts';
import { openStage, type Stage } from '../stage.ts';
import { median } from '../statistics.ts';

/** Bytes of the same documents as one `_changes` answer for each database behind gzip: what B2 of the measurements is. */
async function gzipChanges(stage: Stage, task: Task): Promise<number> {
  const sizes = await Promise.all(
    task.databases.map(async (name) => {
      const answer = await fetch(
        `http://localhost:${stage.port}/db/${name}/_changes?include_docs=true&seq_interval=1000`,
        {
          headers: { authorization: `Bearer ${task.token}`, 'accept-encoding': 'identity' }
        }
      );
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return gzipSync(await answer.text(), { level: 6 }).length;
    })
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** P6, P7: 2,000 posts and 300 courses over links as the field has them, with and without cuts. */
export const measure: Measure = async ({ quick, browser, say }) => {
  const stage = await openStage(['narrow', 'edge']);
  try {
    const task = await stage.prepare('narrow', 2_000, 300);
    const edge = quick ? await stage.prepare('edge', 700) : task;
    const race = async (link: Link, rounds: number, wanted: Task) => {
      const runs: Run[] = [];
      for (let seed = 1; seed <= rounds; seed += 1) {
        const taken = await compete(browser, stage.port, 'smartasn', wanted, link, seed);
        runs.push(taken);
        say(`${link.name}: ${(taken.complete / 1_000).toFixed(1)} s, ${taken.down} bytes down, ${taken.cuts} cuts`);
      }
      return runs;
    };
    const rounds = quick ? 1 : 5;
    const runs = {
      satellite: await race(LINKS.satellite, rounds, task),
      satelliteCut: await race(LINKS.satelliteCut, quick ? 0 : rounds, task),
      edge: await race(LINKS.edge, 1, edge),
      edgeCut: await race(LINKS.edgeCut, rounds, edge)
    };
    const peers: Record<string, Run> = {};
    for (const peer of quick ? [] : PEERS) {
      if (peer === 'smartasn') continue;
      peers[peer] = await compete(browser, stage.port, peer, task, LINKS.satellite);
      say(`${LINKS.satellite.name}, ${peer}: ${((peers[peer]?.complete ?? NaN) / 1_000).toFixed(1)} s`);
    }
    const of = (taken: Run[], value: (run: Run) => number) => median(taken.map(value));
    const down = (taken: Run[]) => of(taken, (run) => run.down);
    const overWire =
      of(runs.satellite, (run) => run.complete) / ((down(runs.satellite) * 8_000) / LINKS.satellite.rate);
    const plain = await gzipChanges(stage, task);
    const row = (name: string, taken: Run[]) => ({
      link: name,
      'complete, s': Number((of(taken, (run) => run.complete) / 1_000).toFixed(1)),
      'first screen, s': Number((of(taken, (run) => run.usable) / 1_000).toFixed(1)),
      requests: of(taken, (run) => run.requests),
      cuts: of(taken, (run) => run.cuts),
      'bytes down': down(taken),
      'bytes up': of(taken, (run) => run.up)
    });
    return {
      name: `${task.documents} documents over narrow links`,
      goals: [
        within(
          'P6 first screen at 150 kbit/s',
          of(runs.satellite, (run) => run.usable),
          3_000
        ),
        atMost('P6 complete ÷ (bytes ÷ rate)', overWire, 1.15),
        atMost('P6 bytes ÷ gzip _changes', down(runs.satellite) / plain, 0.8),
        ...(quick
          ? []
          : [atMost('P7 bytes with cuts ÷ uncut, 150 kbit/s', down(runs.satelliteCut) / down(runs.satellite), 1.1)]),
        atMost('P7 bytes with cuts ÷ uncut, 50 kbit/s', down(runs.edgeCut) / down(runs.edge), 1.1),
        ...Object.entries(peers).map(([peer, run]) =>
          atLeast(`P6 ${peer} ÷ ours at 150 kbit/s`, run.complete / of(runs.satellite, (ours) => ours.complete), 1)
        )
      ],
      table: [
        ...Object.entries(runs).flatMap(([link, taken]) =>
          taken.length ? [row(LINKS[link as keyof typeof runs].name, taken)] : []
        ),
        ...Object.entries(peers).map(([peer, run]) => row(`${LINKS.satellite.name}, ${peer}`, [run]))
      ],
      data: { runs, peers, plain }
    };
  } finally {
    await stage.close();
  }
};
