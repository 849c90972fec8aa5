import type * as library from 'scorm-again';

/** What these parts of the package export; its own types name a default export that they do not have. */
declare module 'scorm-again/scorm12/min' {
  const Scorm12API: typeof library.Scorm12API;
  type Scorm12API = library.Scorm12API;
}
declare module 'scorm-again/scorm2004/min' {
  const Scorm2004API: typeof library.Scorm2004API;
  type Scorm2004API = library.Scorm2004API;
}
