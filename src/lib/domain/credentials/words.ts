/**
 * What all credentials say alike, in the order of a payload. In the short form each stands as one character of the
 * private use area. Printed codes are read by this list: texts are added at its end, none is changed or removed.
 */
const WORDS = [
  '{"alg":"ES256","typ":"JWT","kid":"',
  '{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"',
  ',"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"',
  '],"id":"urn:uuid:',
  '","type":["VerifiableCredential","OpenBadgeCredential"],"name":"',
  '","issuer":{"id":"',
  '","type":["Profile"],"name":"',
  '"},"validFrom":"',
  '","credentialStatus":{"id":"',
  '/api/certificates/revoked","type":"1EdTechRevocationList"},"credentialSubject":{"id":"urn:uuid:',
  '","credentialSubject":{"id":"urn:uuid:',
  '","type":["AchievementSubject"],"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"',
  '","identityType":"name"}],"licenseNumber":"SA-',
  '","creditsEarned":',
  ',"achievement":{"id":"urn:uuid:',
  '","type":["Achievement"],"achievementType":"Course","name":"',
  '","description":"',
  '","inLanguage":"',
  '","creditsAvailable":',
  ',"criteria":{"narrative":"',
  '"},"creator":{"id":"urn:uuid:',
  '"},"alignment":[',
  '{"type":["Alignment"],"targetType":"ceasn:Competency","targetCode":"',
  '","targetName":"',
  '","targetFramework":"PermenPANRB 38/2017","targetUrl":"urn:uuid:',
  '"}]}},"iss":"',
  '"}}},"iss":"',
  '","jti":"urn:uuid:',
  '","sub":"urn:uuid:',
  '","nbf":',
  'urn:uuid:',
  '/api/issuer',
  'Menyelesaikan ',
  ' bab, lulus semua evaluasi, dan semua tugas diterima.',
  ', tingkat '
] as const;

const FIRST = 0xe000;
const mark = (at: number): string => String.fromCharCode(FIRST + at);
const MARKS = /[\uE000-\uE0FF]/g;

/** The text with what it shares with others as single characters; undefined where it holds such characters itself. */
export const packWords = (text: string): string | undefined =>
  text.match(MARKS) ? undefined : WORDS.reduce((packed, word, at) => packed.replaceAll(word, mark(at)), text);

/** The text that was packed. */
export const unpackWords = (packed: string): string =>
  packed.replace(MARKS, (one) => WORDS[one.charCodeAt(0) - FIRST] ?? one);
