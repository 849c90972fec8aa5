import type * as Pdf from 'pdfjs-dist';
import code from 'pdfjs-dist/build/pdf.min.mjs?url';
import workerCode from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { trustedScriptUrl } from '$lib/vault/trusted-url';

export type PdfDocument = Pdf.PDFDocumentProxy;
export type PdfPage = Pdf.PDFPageProxy;

/** Parts of PDF.js. They are large, and only who takes a course with a PDF along keeps them (service-worker/parts.ts). */
const PARTS = [code, workerCode];

/** Brings the parts to this device, so that a PDF can be opened without a signal. */
export async function keepPdfParts(): Promise<void> {
  for (const part of PARTS) {
    const response = await fetch(part);
    if (!response.ok) throw new Error(`PDF part: ${response.status}`);
    await response.arrayBuffer();
  }
}

let loading: Promise<typeof Pdf> | undefined;

const library = (): Promise<typeof Pdf> =>
  (loading ??= (import(/* @vite-ignore */ code) as Promise<typeof Pdf>).catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));

/** A document that is being shown. Scripts, forms and links to elsewhere of a PDF are not used. */
export interface Opened {
  document: PdfDocument;
  pdf: typeof Pdf;
  close: () => void;
}

/** Opens a PDF by its address on this device; pages are read when they are drawn. */
export async function openPdf(address: string): Promise<Opened> {
  const pdf = await library();
  const port = new Worker(trustedScriptUrl(workerCode), { type: 'module' });
  pdf.GlobalWorkerOptions.workerPort = port;
  const task = pdf.getDocument({ url: address, disableStream: true, disableAutoFetch: true, enableXfa: false });
  const close = () => void task.destroy().finally(() => port.terminate());
  try {
    return { document: await task.promise, pdf, close };
  } catch (error) {
    close();
    throw error;
  }
}
