import type { Context } from './context.ts';
import { formatSeq } from './sequences.ts';

/** What `GET /{db}` says of a database. `doc_del_count` is not kept and therefore not given. */
export async function describe(context: Context, name: string): Promise<Record<string, unknown>> {
  const size = await context.store.databases.size(name);
  return context.store.databases.use(name, async (database) => {
    const info = await database.pouch.info();
    return {
      db_name: name,
      update_seq: formatSeq(info.update_seq, database.incarnation),
      purge_seq: formatSeq(0, database.incarnation),
      doc_count: info.doc_count,
      sizes: { file: size, active: size, external: size },
      cluster: { q: 1, n: 1, w: 1, r: 1 },
      props: {},
      compact_running: false,
      disk_format_version: 8,
      instance_start_time: '0'
    };
  });
}
