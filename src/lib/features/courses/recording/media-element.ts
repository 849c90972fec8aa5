import type { MediaFile } from '$lib/domain/documents/course';
import { playableAddress } from '../playable';
import type { Captions } from './tracks';

/** An element that plays a file of this device. Sound alone needs no place on the page. */
export function mediaElement(isFilm: boolean, file: MediaFile, captions: Captions[]): HTMLMediaElement {
  const media = document.createElement(isFilm ? 'video' : 'audio');
  media.preload = 'metadata';
  media.disableRemotePlayback = true;
  if (media instanceof HTMLVideoElement) media.playsInline = true;
  for (const { language, address } of captions) {
    const track = document.createElement('track');
    Object.assign(track, { kind: 'captions', srclang: language, label: language, src: address });
    media.append(track);
  }
  media.src = playableAddress(file);
  return media;
}
