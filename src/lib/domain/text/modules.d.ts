declare module '@nlpjs/lang-id/src/indonesian-stemmer.js' {
  /** The Snowball stemmer for Indonesian (Tala 2003). */
  export default class IndonesianStemmer {
    stemWord(word: string): string;
  }
}
