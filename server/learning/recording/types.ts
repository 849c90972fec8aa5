/** What a recording says of itself, by its own bytes. */
export interface Recording {
  form: 'audio' | 'video';
  type: 'audio/mpeg' | 'audio/mp4' | 'audio/ogg' | 'audio/wav' | 'audio/webm' | 'video/mp4' | 'video/webm';
  seconds: number;
  title?: string;
  author?: string;
  album?: string;
  genre?: string;
  /** The picture that it carries: any bytes, to be looked at like those of a stranger. */
  picture?: Uint8Array;
}

/** The words of a recording. */
export type Tags = Pick<Recording, 'title' | 'author' | 'album' | 'genre' | 'picture'>;
