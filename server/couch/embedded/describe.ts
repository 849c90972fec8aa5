import type { Context } from './context.ts';
import { formatSeq } from './sequences.ts';

/** What `GET /{db}` says of a database. `doc_del_count` is not kept and therefore not given. */
export async function describe({ store }: Context, name: string): Promise<Record<string, unknown>> {
  const { id } = store.catalog.get(name);
  const { docCount, updateSeq, size } = await store.databases.info(name);
  return {
    db_name: name,
    update_seq: formatSeq(updateSeq, id),
    purge_seq: formatSeq(0, id),
    doc_count: docCount,
    sizes: { file: size, active: size, external: size },
    cluster: { q: 1, n: 1, w: 1, r: 1 },
    props: {},
    compact_running: false,
    disk_format_version: 8,
    instance_start_time: '0'
  };
}
