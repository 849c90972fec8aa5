import { writeFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { concat } from '../../../src/lib/domain/parcel/layout.ts';

/** Pixels of one module of a code, and how many codes pass in a second. */
const SCALE = 8;
const RATE = 3;

/** A code on the screen: its size in modules, quiet zone included, and which are dark. */
export interface Shown {
  size: number;
  dark: [x: number, y: number][];
}

/** The code that an app shows. */
export async function codeOn(picture: Locator): Promise<Shown> {
  const size = Number((await picture.getAttribute('viewBox'))?.split(' ').at(-1));
  const path = (await picture.locator('path').getAttribute('d')) ?? '';
  return { size, dark: [...path.matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => [Number(x), Number(y)]) };
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Writes what Chromium's camera of files shows: these codes in turn, again and again (uncompressed YUV4MPEG2). */
export async function film(file: string, codes: Shown[]): Promise<void> {
  const side = Math.max(...codes.map(({ size }) => size)) * SCALE;
  const frames = codes.map(({ dark }) => {
    const luma = new Uint8Array(side * side).fill(235);
    for (const [x, y] of dark)
      for (let line = 0; line < SCALE; line += 1) {
        const from = (y * SCALE + line) * side + x * SCALE;
        luma.fill(16, from, from + SCALE);
      }
    return [ascii('FRAME\n'), luma, new Uint8Array((side * side) / 2).fill(128)];
  });
  const head = ascii(`YUV4MPEG2 W${side} H${side} F${RATE}:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, concat(head, ...frames.flat()));
}

/** Flags of a Chromium whose camera shows a file. */
export const cameraOf = (file: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`
];
