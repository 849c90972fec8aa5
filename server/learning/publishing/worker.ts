import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { openMediaStore } from '../../media/index.ts';
import { importFile } from '../import-file.ts';
import { ImportRefused } from '../types.ts';

/** Reads one file in a thread of its own: the server goes on answering, and reading can be ended from outside. */

const task = v.parse(v.object({ source: v.string(), name: v.string(), folder: v.string() }), workerData);

async function read(): Promise<unknown> {
  try {
    const { files, ...rest } = await importFile(task.source, { name: task.name });
    const media = await openMediaStore(task.folder);
    for (const { body } of files) await media.put(body);
    return { content: { ...rest, files: files.map(({ sha256, type }) => ({ sha256, type })) } };
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

parentPort?.postMessage(await read());
