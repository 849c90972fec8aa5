/** Headers of every answer: short, because they travel with the smallest delta as well. */
export const EVERYWHERE: Record<string, string> = { 'x-content-type-options': 'nosniff' };

/** Of answers that hold data: HTTP caches are not encrypted, so nothing of it may be stored in one. */
export const PRIVATE: Record<string, string> = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin'
};

/** What only the app itself or nobody uses; what is missing here stays at the browser's default for the page. */
const PERMISSIONS = [
  'accelerometer=()',
  'autoplay=(self)',
  'browsing-topics=()',
  'camera=(self)',
  'display-capture=()',
  'fullscreen=(self)',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
  'serial=()',
  'usb=()'
].join(', ');

/** Of the app's files. Everything comes from one origin, so the page can be isolated from all others. */
export const APP: Record<string, string> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': PERMISSIONS
};

/** What the sandbox of a package may do as well: it has another origin than the app, and nothing else of the device. */
export const OF_PACKAGE_FRAME: Record<string, string> = {
  'permissions-policy': PERMISSIONS.replaceAll('=(self)', '=()').replace(/(autoplay|fullscreen)=\(\)/g, '$1=*'),
  'x-dns-prefetch-control': 'off'
};
